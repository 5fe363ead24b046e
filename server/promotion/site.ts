import type {Connection, Connections} from '../cluster/connection.ts'
import {type ClusterError, failed, isPassing, type Result, succeeded} from '../cluster/errors.ts'
import {checkCluster, clusterUid, whoAmI} from '../cluster/identity.ts'
import {type Resource, resources} from '../cluster/resource.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {ResolvedTarget} from '../model/promotion.ts'

/** A target whose cluster was reached, and found to be the one that was meant. */
export type Site = {readonly target: ResolvedTarget; readonly connection: Connection; readonly user: string}

/** Opens the target's context and checks whose it is. Every write goes through a site, so none reaches a cluster that was not checked. */
export async function visit(connections: Connections, target: ResolvedTarget, signal: AbortSignal): Promise<Result<Site>> {
  const opened = connections.to(target.cluster.context)
  if (!opened.ok) return opened
  const connection = opened.value
  const [checked, me] = await Promise.all([checkCluster(connection, target.cluster.name, target.cluster.uid, signal), whoAmI(connection, signal)])
  if (!checked.ok) return checked
  if (!me.ok) return me
  if (target.production && target.cluster.uid === undefined) return withoutUid(connection, target, signal)
  return succeeded({target, connection, user: me.value.user})
}

async function withoutUid(connection: Connection, target: ResolvedTarget, signal: AbortSignal): Promise<Result<Site>> {
  const uid = await clusterUid(connection, signal)
  const hint = uid.ok ? `If context ${target.cluster.context} leads to the right one, that is uid: ${uid.value}` : 'It is the uid of the namespace kube-system.'
  return failed('wrongCluster', `${target.environment} is a production, and cluster ${target.cluster.name} has no uid to know it by. ${hint}`)
}

/** `apps/v1 Deployment` */
export const kindOf = ({apiVersion, kind}: Pick<KubernetesObject, 'apiVersion' | 'kind'>): string => `${apiVersion} ${kind}`

/** Where the cluster keeps objects of each kind, by `kindOf`. */
export type Kinds = ReadonlyMap<string, Resource>

export type Discovered = {
  readonly kinds: Kinds
  readonly refusals: readonly string[]
  /** The cluster did not answer for a kind: it may well serve it. */
  readonly unanswered?: ClusterError
}

/** Asks discovery for every kind among the objects. What a definition among them would bring is named as such. */
export async function discover(site: Site, objects: readonly KubernetesObject[], signal: AbortSignal): Promise<Discovered> {
  const distinct = [...new Map(objects.map(object => [kindOf(object), object])).values()]
  const answers = await Promise.all(distinct.map(({apiVersion, kind}) => site.connection.discovery.find(apiVersion, kind, signal)))
  const kinds = new Map<string, Resource>()
  const refusals: string[] = []
  let unanswered: ClusterError | undefined
  for (const [index, answer] of answers.entries()) {
    const object = distinct[index]
    if (object === undefined) continue
    if (answer.ok) kinds.set(kindOf(object), answer.value)
    else if (answer.error.kind === 'unknownKind' && defines(objects, object))
      refusals.push(`${answer.error.message} \`progression setup ${site.target.environment}\` creates its definition.`)
    else {
      refusals.push(answer.error.message)
      if (isPassing(answer.error)) unanswered = answer.error
    }
  }
  return {kinds, refusals, unanswered}
}

function defines(objects: readonly KubernetesObject[], {apiVersion, kind}: KubernetesObject): boolean {
  return objects.some(({kind: own, spec}) => {
    const definition = (spec ?? {}) as {group?: string; names?: {kind?: string}}
    return own === 'CustomResourceDefinition' && definition.names?.kind === kind && apiVersion.startsWith(`${definition.group}/`)
  })
}

export const isNamespaced = (kinds: Kinds, object: KubernetesObject): boolean => kinds.get(kindOf(object))?.namespaced ?? true

/** A namespace, as far as we may see it: without the right to look it is taken to be there. */
export type FoundNamespace =
  | {readonly state: 'found'; readonly namespace: KubernetesObject}
  | {readonly state: 'hidden'}
  | {readonly state: 'missing'; readonly message: string}

export async function findNamespace({target, connection}: Site, name: string, signal: AbortSignal): Promise<Result<FoundNamespace>> {
  const found = await connection.objects.find(resources.namespaces, undefined, name, signal)
  if (!found.ok) return found.error.kind === 'forbidden' ? succeeded({state: 'hidden'}) : found
  if (found.value !== undefined) return succeeded({state: 'found', namespace: found.value})
  const message = `Namespace ${name} does not exist (context ${target.cluster.context}). \`progression setup ${target.environment}\` creates it.`
  return succeeded({state: 'missing', message})
}
