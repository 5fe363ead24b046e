import type {Manifest} from '../../model/manifests.ts'
import type {Place} from '../../model/place.ts'
import {field, isJson} from '../manifests.ts'

/** An image as a container names it, and where its digest or tag ends. */
export type Image = {readonly written: string; readonly tag?: string; readonly digest?: string; readonly at?: Place}

/** Where a pod template stands: Pod; Deployment, Job and everything shaped like them; CronJob. */
const templates = [['spec'], ['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec']] as const

/** Every image the pods of some manifests would run, once each, in their order. */
export function images(manifests: readonly Manifest[]): readonly Image[] {
  const found = new Map<string, Image>()
  for (const {object, at} of manifests) {
    for (const written of templates.flatMap(path => imagesOf(field(object, ...path)))) if (!found.has(written)) found.set(written, {...parse(written), at})
  }
  return [...found.values()]
}

function imagesOf(podSpec: unknown): readonly string[] {
  return ['initContainers', 'containers'].flatMap(key => {
    const containers = field(podSpec, key)
    if (!Array.isArray(containers)) return []
    return containers.flatMap(container => (isJson(container) && typeof container.image === 'string' && container.image !== '' ? [container.image] : []))
  })
}

/** `registry:5000/name:tag@sha256:…`: a colon before the last slash belongs to a port. */
function parse(written: string): Image {
  const [name = written, digest] = written.split('@', 2)
  const tag = /:([^:/]+)$/.exec(name)?.[1]
  return {written, tag, digest: digest !== undefined && /^sha256:[0-9a-f]{64}$|^sha512:[0-9a-f]{128}$/.test(digest) ? digest : undefined}
}
