import {type Result, succeeded} from '../cluster/errors.ts'
import {contentHash} from './normalise.ts'
import {identify, inOrder} from './order.ts'
import {payloadOf} from './payload.ts'
import type {Ready} from './prepare.ts'
import {recordable} from './recordable.ts'
import type {Records} from './records.ts'
import {isSecret} from './secrets.ts'
import type {Revision, TargetState} from './state.ts'

/** The name of what was there before the first promotion. */
export const adoptedRelease = 'adopted'

/**
 * The state before the first promotion: the live twins of what is rendered become revision 0, which a rollback goes back to. Where nothing
 * is live it is empty, and a rollback brings what was created to zero.
 */
export async function adopt(ready: Ready, who: Pick<Revision, 'createdAt' | 'by'>, records: Records, signal: AbortSignal): Promise<Result<TargetState>> {
  const {site, salt, live} = ready
  const objects = inOrder(ready.objects.flatMap(object => live.get(identify(object)) ?? []).map(recordable))
  const saved = objects.length === 0 ? undefined : await records.saveFrom(0, payloadOf(objects, salt), signal)
  if (saved !== undefined && !saved.ok) return saved
  const {progression, environment, target, namespace} = site.target
  const first: Revision = {
    revision: 0,
    release: adoptedRelease,
    verified: false,
    createdAt: who.createdAt,
    by: who.by,
    content: contentHash(objects, salt),
    payload: saved?.value,
    secrets: objects.filter(isSecret).map(({metadata}) => metadata.name),
  }
  return succeeded({
    version: 1,
    progression,
    environment,
    target,
    namespace,
    phase: 'planned',
    serving: 0,
    safe: 0,
    revisions: [first],
    fence: 0,
    journal: [],
    since: who.createdAt,
    by: who.by,
    message: 'what was there before the first promotion',
    salt,
    leftovers: [],
    writing: '',
  })
}
