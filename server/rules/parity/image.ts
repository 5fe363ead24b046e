import {defineComparison} from './comparison.ts'
import {type Container, ofContainer, podKinds, sameContainers} from './containers.ts'
import type {Difference} from './difference.ts'

/** One finding a pair. The version of an image that a release brings along is not told: it moves from one environment to the next. */
export const parityImage = defineComparison({
  title: 'Environments run different images',
  subject: 'images',
  kinds: podKinds,
  compare: (earlier, later, {progression}) => {
    const released = new Set(progression.images.items.map(({name}) => parse(name).repository))
    return sameContainers(earlier, later).flatMap(([one, other]): Difference[] => {
      const [before, after] = [imageOf(one), imageOf(other)]
      if (!before || !after || isSame(before, after, released)) return []
      return [{path: `${one.path}.image`, label: `image${ofContainer(earlier, one)}`, earlier: brief(before), later: brief(after)}]
    })
  },
})

type Image = {readonly written: string; readonly repository: string; readonly tag: string; readonly digest?: string}

const imageOf = ({json: {image}}: Container): Image | undefined => (typeof image === 'string' && image !== '' ? parse(image) : undefined)

/** With what the container runtime adds: `nginx` is `docker.io/library/nginx:latest` (distribution/reference, normalize.go). */
function parse(written: string): Image {
  const [named = written, digest] = written.split('@', 2)
  const [, name = named, tag = 'latest'] = /^(.*?)(?::([^:/]+))?$/.exec(named) ?? []
  const [first = '', ...rest] = name.replace(/^index\.docker\.io\//, 'docker.io/').split('/')
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const path = hasHost ? rest : [first, ...rest]
  const host = hasHost ? first : 'docker.io'
  return {written, repository: [host, ...(host === 'docker.io' && path.length === 1 ? ['library'] : []), ...path].join('/'), tag, digest}
}

/** Twelve digits of a digest are enough to tell it from another. */
const brief = ({written}: Image): string => written.replace(/(@sha\d+:[0-9a-f]{12})[0-9a-f]+$/, '$1…')

/** A digest says which bytes run, whatever the name and the tag beside it. */
function isSame(one: Image, other: Image, released: ReadonlySet<string>): boolean {
  if (one.digest !== undefined && one.digest === other.digest) return true
  if (one.repository !== other.repository) return false
  return released.has(one.repository) || (one.digest === undefined && other.digest === undefined && one.tag === other.tag)
}
