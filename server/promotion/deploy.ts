import {type ApplyOptions, adoptFields, apply, conflictsInWords} from '../cluster/apply.ts'
import {type ClusterError, type Result, succeeded} from '../cluster/errors.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import {seenThrough} from './grace.ts'
import {insist, patience, type Say} from './insist.ts'
import {identify, nameOf} from './order.ts'
import type {Ready} from './prepare.ts'
import {isAutoscaled, keepReplicas} from './replicas.ts'
import {kindOf, type Site} from './site.ts'
import {findTwin} from './survey.ts'

export type Deployed =
  /** The objects as the API server answered them. */
  | {readonly state: 'applied'; readonly objects: readonly KubernetesObject[]}
  /** Of `total` objects `done` are new, the rest old; `error` says why. */
  | {readonly state: 'broken'; readonly done: number; readonly total: number; readonly error: ClusterError}
  | {readonly state: 'stopped'; readonly done: number; readonly total: number}

/** How often an object that somebody else keeps changing is read again. */
const rereads = 5

/** Applies every object in its order, one after the other, and looks before each whether a person has stopped it. */
export async function deploy(ready: Ready, say: Say, signal: AbortSignal): Promise<Deployed> {
  const total = ready.stamped.length
  const objects: KubernetesObject[] = []
  for (const [done, object] of ready.stamped.entries()) {
    if (signal.aborted) return {state: 'stopped', done, total}
    const answer = await insist(() => seenThrough(signal, patient => applyOne(ready, object, patient)), patience, say, signal)
    if (answer.ok) objects.push(answer.value)
    else if (answer.error.kind === 'aborted') return {state: 'stopped', done, total}
    else return {state: 'broken', done, total, error: {...answer.error, message: explained(answer.error, object)}}
  }
  return {state: 'applied', objects}
}

async function applyOne(ready: Ready, object: KubernetesObject, signal: AbortSignal): Promise<Result<KubernetesObject>> {
  const {site, kinds, force, live, stored} = ready
  const resource = kinds.get(kindOf(object))
  if (resource === undefined) throw new Error(`No resource was found for ${nameOf(object)}, and yet it was planned.`)
  const twin = live.get(identify(object))
  if (stored === undefined && twin !== undefined) {
    const adopted = await adoptFields(site.connection, resource, twin, signal)
    // Somebody wrote in between: those fields stay theirs for now, and the apply below says so if it matters.
    if (!adopted.ok && adopted.error.kind !== 'conflict' && adopted.error.kind !== 'invalid') return adopted
  }
  if (isAutoscaled(object, ready.autoscaled)) return applyAutoscaled(site, ready, object, {force}, signal)
  return apply(site.connection, resource, object, {force}, signal)
}

/**
 * Applies with the count of replicas that the autoscaler has chosen, under the version it was read with: a scaling in between makes the
 * server refuse, and we read again rather than undo it.
 */
export async function applyAutoscaled(
  site: Site,
  {kinds}: Pick<Ready, 'kinds'>,
  object: KubernetesObject,
  options: ApplyOptions,
  signal: AbortSignal,
): Promise<Result<KubernetesObject>> {
  const resource = kinds.get(kindOf(object))
  if (resource === undefined) throw new Error(`No resource was found for ${nameOf(object)}, and yet it was planned.`)
  for (let attempt = 1; ; attempt++) {
    const twin = await findTwin(site, kinds, object, signal)
    if (!twin.ok) return twin
    const sent = twin.value === undefined ? object : keepReplicas(object, twin.value)
    const answer = await apply(site.connection, resource, sent, options, signal)
    const moved = !answer.ok && answer.error.kind === 'conflict' && answer.error.causes.length === 0
    if (!moved || attempt === rereads) return answer.ok ? succeeded(answer.value) : answer
  }
}

function explained(error: ClusterError, object: KubernetesObject): string {
  const conflicts = conflictsInWords(error)
  return conflicts === undefined ? `${nameOf(object)}: ${error.message}` : `${nameOf(object)}: ${conflicts.join(', ')}.`
}
