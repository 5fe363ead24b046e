import type {KubernetesObject} from '../model/manifests.ts'

export type Container = {
  readonly name: string
  readonly image?: string
  readonly env?: readonly EnvironmentVariable[]
  readonly envFrom?: readonly EnvironmentSource[]
  readonly ports?: readonly ContainerPort[]
}
export type ContainerPort = {readonly name?: string; readonly containerPort: number}
type Reference = {readonly name?: string}
type EnvironmentVariable = {readonly valueFrom?: {readonly configMapKeyRef?: Reference; readonly secretKeyRef?: Reference}}
type EnvironmentSource = {readonly configMapRef?: Reference; readonly secretRef?: Reference}
type VolumeSource = {readonly configMap?: Reference; readonly secret?: Reference & {readonly secretName?: string}}
type Volume = VolumeSource & {readonly projected?: {readonly sources?: readonly VolumeSource[]}}

export type PodSpec = {
  readonly containers?: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly volumes?: readonly Volume[]
  readonly [key: string]: unknown
}
export type PodTemplate = {
  readonly metadata?: {readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>>}
  readonly spec?: PodSpec
}

type Nested = {readonly [key: string]: unknown}

/** Where templates are found: workloads, CronJobs, and custom kinds shaped like either. */
const paths = [
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
] as const

/** The pod template of an object, or of a Pod the pod itself; undefined for what starts no pods. */
export function podTemplateOf(object: KubernetesObject): PodTemplate | undefined {
  if (object.kind === 'Pod' && object.apiVersion === 'v1') return object as PodTemplate
  for (const path of paths) {
    const found = path.reduce<unknown>((part, key) => (part as Nested | undefined)?.[key], object) as PodTemplate | undefined
    if (Array.isArray(found?.spec?.containers)) return found
  }
  return undefined
}

/** The object with its pod template changed; the object itself where it has none. */
export function withPodTemplate(object: KubernetesObject, change: (template: PodTemplate) => PodTemplate): KubernetesObject {
  const template = podTemplateOf(object)
  if (template === undefined) return object
  if (object.kind === 'Pod') return change(template) as unknown as KubernetesObject
  const path = paths.find(([, second]) => second in ((object.spec ?? {}) as Nested)) ?? paths[0]
  return replaceAt(object, path, change(template)) as KubernetesObject
}

function replaceAt(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement
  const map = value as Nested
  return {...map, [key]: replaceAt(map[key], rest, replacement)}
}

export const containersOf = (template: PodTemplate): readonly Container[] => [...(template.spec?.initContainers ?? []), ...(template.spec?.containers ?? [])]

export type ConfigurationReference = {readonly kind: 'ConfigMap' | 'Secret'; readonly name: string}

/** Every ConfigMap and Secret that pods of this template read: volumes, projected ones too, and environment variables. Sorted, each once. */
export function configurationOf(template: PodTemplate): readonly ConfigurationReference[] {
  const volumes = (template.spec?.volumes ?? []).flatMap(volume => [volume, ...(volume.projected?.sources ?? [])])
  const containers = containersOf(template)
  const variables = containers.flatMap(container => container.env ?? []).map(variable => variable.valueFrom)
  const sources = containers.flatMap(container => container.envFrom ?? [])
  const configMaps = [
    ...volumes.map(({configMap}) => configMap),
    ...variables.map(from => from?.configMapKeyRef),
    ...sources.map(({configMapRef}) => configMapRef),
  ]
  const secrets = [...volumes.map(({secret}) => secret), ...variables.map(from => from?.secretKeyRef), ...sources.map(({secretRef}) => secretRef)]
  const named = (kind: 'ConfigMap' | 'Secret', name: string | undefined): ConfigurationReference[] => (name === undefined ? [] : [{kind, name}])
  const all = [
    ...configMaps.flatMap(reference => named('ConfigMap', reference?.name)),
    // A volume says secretName (v1), a projected source and a variable say name.
    ...secrets.flatMap(reference => named('Secret', (reference as {secretName?: string} | undefined)?.secretName ?? reference?.name)),
  ]
  const distinct = new Map(all.map(reference => [`${reference.kind}/${reference.name}`, reference]))
  return [...distinct].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, reference]) => reference)
}
