import type {KubernetesObject} from '../model/manifests.ts'
import {managedFields} from './managed-fields.ts'
import {controllerOf} from './pod.ts'

/** Who else keeps an object as it is, and would undo what we apply. */
export type Owner = {
  readonly tool: 'Argo CD' | 'Flux' | 'Helm' | 'Kargo' | 'Argo Rollouts' | 'operator'
  readonly name: string
  /** What shows it. */
  readonly because: string
  /** How the change goes in their way. */
  readonly way: string
}

type Detector = (object: KubernetesObject) => Owner | undefined

const label = (object: KubernetesObject, name: string): string | undefined => object.metadata.labels?.[name]
const annotation = (object: KubernetesObject, name: string): string | undefined => object.metadata.annotations?.[name]
const writes = (object: KubernetesObject, manager: string): boolean => managedFields(object).some(entry => entry.manager === manager)

/** The signals of each tool, the strong ones only: a label that plain charts set too is no evidence. */
const detectors: readonly Detector[] = [
  object => {
    const tracking = annotation(object, 'argocd.argoproj.io/tracking-id')
    const [application = '', itself = ''] = split(tracking ?? '', ':')
    // A tracking id that speaks of another object came along with a copy, and says nothing about this one.
    const group = object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : ''
    const own = itself === `${group}/${object.kind}:${object.metadata.namespace ?? ''}/${object.metadata.name}`
    if (tracking !== undefined && own) return argo(application, 'annotation argocd.argoproj.io/tracking-id')
    return writes(object, 'argocd-controller') ? argo('unknown', 'field manager argocd-controller') : undefined
  },
  object => flux(object, 'kustomize', 'Kustomization'),
  object => flux(object, 'helm', 'HelmRelease'),
  object => {
    const release = annotation(object, 'meta.helm.sh/release-name')
    if (label(object, 'app.kubernetes.io/managed-by') !== 'Helm' || release === undefined) return undefined
    return {
      tool: 'Helm',
      name: `release ${release}`,
      because: 'annotation meta.helm.sh/release-name',
      way: `Promote with engine: helm, or upgrade release ${release} with Helm`,
    }
  },
  object => {
    if (object.kind !== 'Rollout' || !object.apiVersion.startsWith('argoproj.io/')) return undefined
    return {tool: 'Argo Rollouts', name: object.metadata.name, because: 'its kind', way: 'Promote with engine: argo-rollouts'}
  },
  object => {
    const owner = controllerOf(object)
    if (owner === undefined) return undefined
    return {
      tool: 'operator',
      name: `${owner.kind} ${owner.name}`,
      because: 'its controlling ownerReference',
      way: `Change the ${owner.kind} ${owner.name} instead`,
    }
  },
]

/** Who owns a live object, or undefined where nobody but us and people's hands does. */
export function ownerOf(object: KubernetesObject): Owner | undefined {
  for (const detect of detectors) {
    const owner = detect(object)
    if (owner !== undefined) return owner
  }
  return undefined
}

/** Who promotes into this namespace. */
export function namespaceOwner(namespace: KubernetesObject): Owner | undefined {
  if (label(namespace, 'kargo.akuity.io/project') !== 'true') return undefined
  const {name} = namespace.metadata
  return {tool: 'Kargo', name: `project ${name}`, because: 'label kargo.akuity.io/project', way: 'Promote with engine: kargo'}
}

function argo(application: string, because: string): Owner {
  const name = application === 'unknown' ? 'an Application' : `Application ${application}`
  return {tool: 'Argo CD', name, because, way: 'Promote with engine: git, which commits the new digests where Argo CD reads them'}
}

function flux(object: KubernetesObject, controller: 'kustomize' | 'helm', kind: string): Owner | undefined {
  const name = label(object, `${controller}.toolkit.fluxcd.io/name`)
  if (name === undefined) return undefined
  const namespace = label(object, `${controller}.toolkit.fluxcd.io/namespace`) ?? 'unknown'
  const because = `label ${controller}.toolkit.fluxcd.io/name`
  return {tool: 'Flux', name: `${kind} ${namespace}/${name}`, because, way: 'Promote with engine: git, which commits the new digests where Flux reads them'}
}

function split(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
