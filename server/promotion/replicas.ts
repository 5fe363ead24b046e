import type {KubernetesObject} from '../model/manifests.ts'

type AutoscalerSpec = {readonly scaleTargetRef?: {readonly kind?: string; readonly name?: string}}
type Scalable = {readonly replicas?: number}

const scalable = ['Deployment', 'StatefulSet', 'ReplicaSet']

/** Whether an object has a count of replicas that we understand. */
export const hasReplicas = ({kind}: KubernetesObject): boolean => scalable.includes(kind)

/** `spec.replicas`, with Kubernetes' default of 1. */
export const replicasOf = (object: KubernetesObject): number => ((object.spec ?? {}) as Scalable).replicas ?? 1

export const withReplicas = (object: KubernetesObject, replicas: number): KubernetesObject => ({...object, spec: {...(object.spec as object), replicas}})

/** The workloads, as `Deployment/web`, whose count an autoscaler decides. */
export function autoscaled(autoscalers: readonly KubernetesObject[]): ReadonlySet<string> {
  const targets = autoscalers.filter(({kind}) => kind === 'HorizontalPodAutoscaler').map(({spec}) => ((spec ?? {}) as AutoscalerSpec).scaleTargetRef)
  return new Set(targets.map(target => `${target?.kind}/${target?.name}`))
}

export const isAutoscaled = (object: KubernetesObject, targets: ReadonlySet<string>): boolean =>
  hasReplicas(object) && targets.has(`${object.kind}/${object.metadata.name}`)

/** An object with the count it runs with now, bound to the version that was read: omitting an owned count would reset it to 1. */
export function keepReplicas(object: KubernetesObject, live: KubernetesObject): KubernetesObject {
  const kept = withReplicas(object, replicasOf(live))
  return {...kept, metadata: {...kept.metadata, resourceVersion: live.metadata.resourceVersion}}
}
