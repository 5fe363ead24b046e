import type {KubernetesObject} from '../model/manifests.ts'
import {containersOf, podTemplateOf, withPodTemplate} from './pod-template.ts'

/** `ghcr.io/acme/shop-api:1.2@sha256:…` in parts. */
export type ImageReference = {readonly repository: string; readonly tag?: string; readonly digest?: string}

export function parseImage(reference: string): ImageReference {
  const [name = '', digest] = reference.split('@')
  // A colon before the last slash belongs to a registry's port.
  const [, repository = name, tag] = /^(.*?)(?::([^/:]+))?$/.exec(name) ?? []
  return {repository, tag, digest}
}

/** The same repository whatever its spelling: `nginx` is `docker.io/library/nginx`. */
export function fullRepository(repository: string): string {
  const [host = '', ...rest] = repository.split('/')
  const hasHost = rest.length > 0 && (host.includes('.') || host.includes(':') || host === 'localhost')
  if (hasHost) return repository.replace(/^(index\.)?docker\.io\/(?!.*\/)/, 'docker.io/library/')
  return rest.length === 0 ? `docker.io/library/${repository}` : `docker.io/${repository}`
}

export type UsedImage = {readonly reference: string; readonly object: string; readonly container: string}

/** Every image of every container and init container of every pod template, in the order of the objects. */
export function imagesOf(objects: readonly KubernetesObject[]): readonly UsedImage[] {
  return objects.flatMap(object => {
    const template = podTemplateOf(object)
    if (template === undefined) return []
    return containersOf(template).map(({name, image}) => ({reference: image ?? '', object: `${object.kind} ${object.metadata.name}`, container: name}))
  })
}

/**
 * Pins images: every container whose repository is a key gets that digest, whatever the overlay says; its tag goes, for with a digest it
 * would only mislead. Keys are repositories in any spelling, values `sha256:…`.
 */
export function pinImages(objects: readonly KubernetesObject[], digests: Readonly<Record<string, string>>): readonly KubernetesObject[] {
  const known = new Map(Object.entries(digests).map(([repository, digest]) => [fullRepository(repository), digest]))
  if (known.size === 0) return objects
  const pin = (image: string): string => {
    const {repository} = parseImage(image)
    const digest = known.get(fullRepository(repository))
    return digest === undefined ? image : `${repository}@${digest}`
  }
  const pinAll = (containers: unknown): unknown =>
    Array.isArray(containers)
      ? containers.map(container => (typeof container?.image === 'string' ? {...container, image: pin(container.image)} : container))
      : containers
  return objects.map(object =>
    withPodTemplate(object, template => {
      const spec: Record<string, unknown> = {...template.spec}
      for (const key of ['containers', 'initContainers']) if (key in spec) spec[key] = pinAll(spec[key])
      return {...template, spec}
    }),
  )
}
