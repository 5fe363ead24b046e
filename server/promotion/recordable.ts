import type {KubernetesObject} from '../model/manifests.ts'
import {annotations as ours} from './names.ts'

const serverFields = [
  'managedFields',
  'resourceVersion',
  'uid',
  'generation',
  'creationTimestamp',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
]
const foreignAnnotations = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.daemonset.template.generation',
  'pv.kubernetes.io/bind-completed',
  'pv.kubernetes.io/bound-by-controller',
]
const marks: readonly string[] = [ours.release, ours.environment]

/** A live object as it could be applied again: without what the API server and controllers write, in the shape that a record holds. */
export function recordable(live: KubernetesObject): KubernetesObject {
  const {status: _, ...rest} = withoutAllocations(live)
  const metadata = Object.fromEntries(Object.entries(live.metadata).filter(([key]) => !serverFields.includes(key)))
  const annotations = Object.entries(live.metadata.annotations ?? {}).filter(([name]) => !foreignAnnotations.includes(name) && !marks.includes(name))
  const {annotations: _annotations, ...others} = metadata
  return {...rest, metadata: annotations.length === 0 ? others : {...others, annotations: Object.fromEntries(annotations)}} as KubernetesObject
}

/** Addresses that were handed out: a Service made anew gets its own. `None` is a choice, not an address. */
function withoutAllocations(live: KubernetesObject): KubernetesObject {
  if (live.kind === 'Service' && live.apiVersion === 'v1') {
    const {clusterIP, clusterIPs, healthCheckNodePort: _, ...spec} = (live.spec ?? {}) as Record<string, unknown>
    return {...live, spec: clusterIP === 'None' ? {...spec, clusterIP, clusterIPs} : spec}
  }
  if (live.kind === 'ServiceAccount') {
    const {secrets: _, ...rest} = live
    return rest as KubernetesObject
  }
  return live
}
