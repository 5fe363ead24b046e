import type {Subject, Verb} from './subject.ts'

/** Where objects of one kind live on the API server. */
export type Resource = {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  /** `deployments` */
  readonly plural: string
  readonly kind: string
  readonly namespaced: boolean
}

const builtIn = (apiVersion: string, plural: string, kind: string, namespaced = true): Resource => {
  const [version = '', group = ''] = apiVersion.split('/').reverse()
  return {group, version, plural, kind, namespaced}
}

/** The kinds we ask for by ourselves; those of rendered objects come from discovery. */
export const resources = {
  configMaps: builtIn('v1', 'configmaps', 'ConfigMap'),
  namespaces: builtIn('v1', 'namespaces', 'Namespace', false),
  pods: builtIn('v1', 'pods', 'Pod'),
  services: builtIn('v1', 'services', 'Service'),
  deployments: builtIn('apps/v1', 'deployments', 'Deployment'),
  replicaSets: builtIn('apps/v1', 'replicasets', 'ReplicaSet'),
  statefulSets: builtIn('apps/v1', 'statefulsets', 'StatefulSet'),
  daemonSets: builtIn('apps/v1', 'daemonsets', 'DaemonSet'),
  jobs: builtIn('batch/v1', 'jobs', 'Job'),
  autoscalers: builtIn('autoscaling/v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler'),
  endpointSlices: builtIn('discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice'),
  definitions: builtIn('apiextensions.k8s.io/v1', 'customresourcedefinitions', 'CustomResourceDefinition', false),
} as const satisfies Record<string, Resource>

export const apiVersionOf = ({group, version}: Resource): string => (group === '' ? version : `${group}/${version}`)

/** `/apis/apps/v1`, `/api/v1` */
export const groupPath = (apiVersion: string): string => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`)

/** The path of a collection, or of one object where a name is given. A cluster-scoped resource ignores the namespace. */
export function pathOf(resource: Resource, namespace?: string, name?: string, subresource?: string): string {
  const scope = resource.namespaced && namespace !== undefined ? ['namespaces', namespace] : []
  const parts = [...scope, resource.plural, name, subresource].filter(part => part !== undefined)
  return `${groupPath(apiVersionOf(resource))}/${parts.map(encodeURIComponent).join('/')}`
}

export function subjectOf(verb: Verb, resource: Resource, namespace?: string, name?: string, subresource?: string): Subject {
  const {group, plural, namespaced} = resource
  return {verb, resource: plural, group, name, subresource, namespace: namespaced ? namespace : undefined}
}
