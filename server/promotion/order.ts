import type {KubernetesObject} from '../model/manifests.ts'

/** What is needed first comes first: policy and identity, then configuration, then what pods are reached by, pods, and what acts on them. */
const order = [
  'PriorityClass',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ConfigMap',
  'Secret',
  'PodDisruptionBudget',
  'Service',
  'DaemonSet',
  'StatefulSet',
  'Deployment',
  'CronJob',
  'HorizontalPodAutoscaler',
  'IngressClass',
  'Ingress',
]
/** Kinds nobody listed stand between Services and workloads: most configure what pods meet. */
const unlisted = order.indexOf('Service') + 0.5

const rank = (kind: string): number => {
  const index = order.indexOf(kind)
  return index < 0 ? unlisted : index
}

/** The order in which objects are applied, the same for the same set. */
export function inOrder<T extends KubernetesObject>(objects: readonly T[]): readonly T[] {
  return [...objects].sort((left, right) => rank(left.kind) - rank(right.kind) || compare(identify(left), identify(right)))
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** What tells objects of a set apart, whichever version of a group's API they speak. */
export function identify({apiVersion, kind, metadata}: Pick<KubernetesObject, 'apiVersion' | 'kind'> & {metadata: {name: string; namespace?: string}}): string {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  return `${group}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`
}

/** `Deployment web` */
export const nameOf = ({kind, metadata}: Pick<KubernetesObject, 'kind'> & {metadata: {name: string}}): string => `${kind} ${metadata.name}`
