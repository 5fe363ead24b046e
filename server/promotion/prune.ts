import {type Result, succeeded} from '../cluster/errors.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {Say} from './insist.ts'
import {annotations} from './names.ts'
import {identify} from './order.ts'
import type {Payload} from './payload.ts'
import {Records} from './records.ts'
import type {Site} from './site.ts'
import {type ObjectName, revisionOf, type TargetState} from './state.ts'
import type {Survey} from './survey.ts'

/** What holds data, or what others stand on, is never removed. */
const neverPruned = ['PersistentVolumeClaim', 'PersistentVolume', 'Namespace', 'CustomResourceDefinition']

export const nameOnly = ({apiVersion, kind, metadata}: KubernetesObject): ObjectName => ({apiVersion, kind, name: metadata.name, namespace: metadata.namespace})

const identifyName = ({apiVersion, kind, name, namespace}: ObjectName): string => identify({apiVersion, kind, metadata: {name, namespace}})

/** Every object of a revision by name, Secrets too. */
export const namesIn = (payload: Payload): readonly ObjectName[] => [
  ...payload.objects.map(nameOnly),
  ...payload.secrets.map(({name, namespace}): ObjectName => ({apiVersion: 'v1', kind: 'Secret', name, namespace})),
]

/** Those of `names` that are not in `kept`. */
export function without(names: readonly ObjectName[], kept: readonly ObjectName[]): readonly ObjectName[] {
  const known = new Set(kept.map(identifyName))
  const distinct = new Map(names.map(name => [identifyName(name), name]))
  return [...distinct].filter(([id]) => !known.has(id)).map(([, name]) => name)
}

/** What serves or served last and would have no place any more: removed once the new revision is verified. */
export async function outdated({site, objects, stored}: Survey, signal: AbortSignal): Promise<Result<readonly ObjectName[]>> {
  if (stored === undefined) return succeeded([])
  const {state} = stored
  const records = new Records(site.connection, site.target)
  const before: ObjectName[] = [...state.leftovers]
  for (const revision of new Set([state.serving, state.safe])) {
    const reference = revisionOf(state, revision)?.payload
    const payload = reference === undefined ? undefined : await records.load(reference, signal)
    if (payload !== undefined && !payload.ok) return payload
    if (payload !== undefined) before.push(...namesIn(payload.value))
  }
  return succeeded(without(before, objects.map(nameOnly)).filter(name => mayGo(name, state)))
}

/** Secrets are not in the records, so those of a revision that may be gone back to stay. */
const mayGo = ({kind, name}: ObjectName, state: TargetState): boolean =>
  !neverPruned.includes(kind) && !(kind === 'Secret' && state.revisions.some(({secrets}) => secrets.includes(name)))

/** Removes objects that bear our mark, each known by its uid. What cannot be removed stays and is named; it fails nothing. */
export async function prune(site: Site, names: readonly ObjectName[], say: Say, signal: AbortSignal): Promise<readonly ObjectName[]> {
  const {progression, environment} = site.target
  const left: ObjectName[] = []
  for (const name of names) {
    const resource = await site.connection.discovery.find(name.apiVersion, name.kind, signal)
    if (!resource.ok) {
      if (resource.error.kind !== 'unknownKind') left.push(name)
      continue
    }
    const found = await site.connection.objects.find(resource.value, name.namespace, name.name, signal)
    // Somebody else's object of that name came after ours was gone.
    if (found.ok && found.value?.metadata.annotations?.[annotations.environment] !== `${progression}/${environment}`) continue
    const removed = found.ok && found.value !== undefined ? await site.connection.objects.remove(resource.value, found.value, signal) : found
    if (removed.ok) say(`Removed ${name.kind} ${name.name}, which this release no longer has.`)
    else {
      left.push(name)
      say(`${removed.error.message} It is tried again after the next promotion.`)
    }
  }
  return left
}
