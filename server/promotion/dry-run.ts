import {stringify} from 'yaml'
import {apply, conflictsInWords} from '../cluster/apply.ts'
import type {ClusterError} from '../cluster/errors.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {Change} from '../model/promotion.ts'
import {canonical} from './canonical.ts'
import {unifiedDiff} from './diff.ts'
import {nameOf} from './order.ts'
import {recordable} from './recordable.ts'
import {isSecret, mask} from './secrets.ts'
import {type Kinds, kindOf, type Site} from './site.ts'

export type DryRun = {
  readonly change: Change
  readonly refusal?: string
  readonly remark?: string
  /** Why the cluster could not try it. */
  readonly notTried?: string
}

/** Lets the cluster admit, validate and merge one object without writing it, and shows what would change. */
export async function dryRun(
  site: Site,
  kinds: Kinds,
  object: KubernetesObject,
  live: KubernetesObject | undefined,
  force: boolean,
  signal: AbortSignal,
): Promise<DryRun> {
  const resource = kinds.get(kindOf(object))
  const {name, namespace} = object.metadata
  const unknown: Change = {kind: object.kind, name, namespace, action: live === undefined ? 'create' : 'change'}
  if (resource === undefined) return {change: unknown}
  const gentle = await apply(site.connection, resource, object, {dryRun: true}, signal)
  if (gentle.ok) return {change: changeOf(live, gentle.value)}
  const conflicts = conflictsInWords(gentle.error)
  if (conflicts === undefined) return judge(gentle.error, object, unknown)
  const forced = await apply(site.connection, resource, object, {dryRun: true, force: true}, signal)
  if (!forced.ok) return judge(forced.error, object, unknown)
  const change = changeOf(live, forced.value)
  const which = `${nameOf(object)}: ${conflicts.join(', ')}.`
  if (force) return {change, remark: `${which} The promotion takes it over.`}
  return {change, refusal: `${which} Somebody changed it since the last promotion. Put the change into the manifests, or give a reason to take it over.`}
}

function judge(error: ClusterError, object: KubernetesObject, change: Change): DryRun {
  // An admission webhook with side effects that declares no support for dry runs makes the server refuse to try.
  if (error.detail.includes('does not support dry run')) return {change, notTried: error.detail}
  return {change, refusal: `${nameOf(object)}: ${error.message}`}
}

/** What differs between a live object and what it would be, with the values of Secrets masked. */
export function changeOf(live: KubernetesObject | undefined, wanted: KubernetesObject): Change {
  const before = live && recordable(live)
  const after = recordable(wanted)
  const {kind} = wanted
  const {name, namespace} = wanted.metadata
  if (before !== undefined && canonical(before) === canonical(after)) return {kind, name, namespace, action: 'unchanged'}
  const [shownBefore, shownAfter] = isSecret(wanted) ? mask(before, after) : [before, after]
  const diff = unifiedDiff(shownBefore === undefined ? '' : text(shownBefore), shownAfter === undefined ? '' : text(shownAfter))
  return {kind, name, namespace, action: before === undefined ? 'create' : 'change', diff}
}

const text = (object: KubernetesObject): string => stringify(object, {sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false})
