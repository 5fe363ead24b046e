import type {Result} from '../cluster/errors.ts'
import {namespaceOwner, type Owner, ownerOf} from '../cluster/ownership.ts'
import {resources} from '../cluster/resource.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import {inParallel} from './insist.ts'
import {normalise, saltOf} from './normalise.ts'
import {identify, nameOf} from './order.ts'
import {autoscaled} from './replicas.ts'
import {discover, findNamespace, isNamespaced, type Kinds, kindOf, type Site} from './site.ts'
import {StateStore, type StoredState} from './state.ts'

/** What is there, and what is to be there. */
export type Survey = {
  readonly site: Site
  readonly kinds: Kinds
  readonly objects: readonly KubernetesObject[]
  /** The live twins of `objects`, by `identify`. */
  readonly live: ReadonlyMap<string, KubernetesObject>
  /** Workloads whose replicas an autoscaler decides, live or rendered. */
  readonly autoscaled: ReadonlySet<string>
  /** Absent before the first promotion. */
  readonly stored: StoredState | undefined
  readonly salt: string
}

export type Surveyed = {readonly survey?: Survey; readonly refusals: readonly string[]; readonly remarks: readonly string[]}

/** How many requests are under way at a time. */
export const parallel = 8

/** Looks at one target: its namespace, the kinds, the live twins of what was rendered, their owners, and our own record. */
export async function look(site: Site, rendered: readonly KubernetesObject[], signal: AbortSignal): Promise<Surveyed> {
  const {target, connection} = site
  const refusals: string[] = []
  const [namespace, stateNamespace] = await Promise.all([findNamespace(site, target.namespace, signal), findNamespace(site, target.stateNamespace, signal)])
  for (const found of target.namespace === target.stateNamespace ? [namespace] : [namespace, stateNamespace]) {
    if (!found.ok) return {refusals: [found.error.message], remarks: []}
    if (found.value.state === 'missing') refusals.push(found.value.message)
  }
  if (refusals.length > 0) return {refusals, remarks: []}
  const space = namespace.ok && namespace.value.state === 'found' ? namespace.value.namespace : undefined
  const kargo = space && namespaceOwner(space)
  if (kargo !== undefined) refusals.push(owned([`Namespace ${target.namespace}`], kargo))

  const prerequisite = ({kind}: KubernetesObject) => kind === 'Namespace' || kind === 'CustomResourceDefinition'
  const {kinds, refusals: unknown} = await discover(site, rendered, signal)
  const normalised = normalise(rendered, target.namespace, object => prerequisite(object) || isNamespaced(kinds, object))
  refusals.push(...unknown, ...normalised.refusals)

  const [twins, scalers, stored] = await Promise.all([
    inParallel(normalised.objects, parallel, object => findTwin(site, kinds, object, signal)),
    connection.objects.list(resources.autoscalers, target.namespace, {}, signal),
    new StateStore(connection, target).read(signal),
  ])
  const live = new Map<string, KubernetesObject>()
  for (const twin of twins) {
    if (!twin.ok) refusals.push(twin.error.message)
    else if (twin.value !== undefined) live.set(identify(twin.value), twin.value)
  }
  if (!stored.ok) return {refusals: [...refusals, stored.error.message], remarks: normalised.remarks}
  const remarks = [...normalised.remarks]
  if (!scalers.ok && scalers.error.kind !== 'notFound') remarks.push(`${scalers.error.message} Replicas that an autoscaler decides there are not known.`)
  const owners = ownersOf(live)
  refusals.push(...owners)
  const scaled = autoscaled([...normalised.objects, ...(scalers.ok ? scalers.value.items : [])])
  const salt = stored.value?.state.salt ?? saltOf(target, space?.metadata.uid ?? '')
  return {survey: {site, kinds, objects: normalised.objects, live, autoscaled: scaled, stored: stored.value, salt}, refusals, remarks}
}

export async function findTwin(site: Site, kinds: Kinds, object: KubernetesObject, signal: AbortSignal): Promise<Result<KubernetesObject | undefined>> {
  const resource = kinds.get(kindOf(object))
  if (resource === undefined) return {ok: true, value: undefined}
  return site.connection.objects.find(resource, object.metadata.namespace, object.metadata.name, signal)
}

/** One sentence an owner, with all it owns. */
function ownersOf(live: ReadonlyMap<string, KubernetesObject>): readonly string[] {
  const byOwner = new Map<string, {owner: Owner; names: string[]}>()
  for (const object of live.values()) {
    const owner = ownerOf(object)
    if (owner === undefined) continue
    const key = `${owner.tool} ${owner.name}`
    const known = byOwner.get(key)
    if (known === undefined) byOwner.set(key, {owner, names: [nameOf(object)]})
    else known.names.push(nameOf(object))
  }
  return [...byOwner.values()].map(({owner, names}) => owned(names, owner))
}

const owned = (names: readonly string[], {tool, name, because, way}: Owner): string =>
  `${names.join(', ')}: owned by ${tool === 'operator' ? '' : `${tool} `}${name} (${because}), which would undo a direct apply. ${way}.`
