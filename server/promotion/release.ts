import type {KubernetesObject} from '../model/manifests.ts'
import type {Release, ResolvedTarget, TargetStatus} from '../model/promotion.ts'
import {hashOf} from './canonical.ts'
import {fullRepository, imagesOf, parseImage, type UsedImage} from './images.ts'

const digestPattern = /^sha256:[0-9a-f]{64}$/

/** `r` and ten hexadecimal digits of the hash over commit and digests: the same release wherever and whenever it is named. */
export const releaseId = (commit: string, digests: Readonly<Record<string, string>>): string => `r${hashOf({commit, digests}).slice(0, 10)}`

export type Found = {readonly release: Release; readonly refusals: readonly string[]}

/**
 * The release that renderings of one commit make: the digest of every image in any of them. Where a repository is used with several
 * digests, each has a key of its own, `repository@sha256:…`. An image without a digest cannot be part of a release, and is named.
 */
export function releaseFrom(commit: string, renderings: readonly (readonly KubernetesObject[])[]): Found {
  const images = renderings.flatMap(imagesOf)
  const pinned = images.map(({reference}) => parseImage(reference)).filter(({digest}) => digestPattern.test(digest ?? ''))
  const byRepository = new Map<string, Set<string>>()
  for (const {repository, digest = ''} of pinned) {
    const key = fullRepository(repository)
    byRepository.set(key, (byRepository.get(key) ?? new Set()).add(digest))
  }
  const entries = [...byRepository].flatMap(([repository, digests]) =>
    [...digests].map(digest => [digests.size === 1 ? repository : `${repository}@${digest}`, digest] as const),
  )
  const digests = Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)))
  return {release: {id: releaseId(commit, digests), commit, digests}, refusals: unpinned(images)}
}

/** One sentence for each image that has no digest, with where it is used and the way out. */
export function unpinned(images: readonly UsedImage[]): readonly string[] {
  const places = new Map<string, Set<string>>()
  for (const {reference, object} of images) {
    if (!digestPattern.test(parseImage(reference).digest ?? '')) places.set(reference, (places.get(reference) ?? new Set()).add(object))
  }
  return [...places].map(([reference, objects]) => {
    const {repository} = parseImage(reference)
    if (reference === '') return `${[...objects].join(', ')}: a container names no image.`
    return `Image ${reference} (${[...objects].join(', ')}) has no digest. Pin it in the overlay, or give it with --image ${repository}@sha256:….`
  })
}

/** `name@sha256:…` as given on the command line → digests for `pinImages`; or what is wrong with one of them. */
export function readImageArguments(images: readonly string[]): {readonly digests: Readonly<Record<string, string>>; readonly refusals: readonly string[]} {
  const parsed = images.map(image => ({image, ...parseImage(image)}))
  const bad = parsed.filter(({digest}) => !digestPattern.test(digest ?? ''))
  const good = parsed.filter(({digest}) => digestPattern.test(digest ?? ''))
  return {
    digests: Object.fromEntries(good.map(({repository, digest = ''}) => [repository, digest])),
    refusals: bad.map(({image}) => `--image ${image}: write it as NAME@sha256: and 64 hexadecimal digits.`),
  }
}

/** Whether every target of every environment has verified a release and none has rolled it back since; `statuses` in any order. */
export function isVerifiedIn(release: string, statuses: readonly TargetStatus[]): boolean {
  return statuses.every(({retained}) => retained.some(revision => revision.release === release && revision.verified))
}

/**
 * The newest release that all of `statuses` have verified, by the order of the last one's history: what is promoted when nobody says
 * otherwise. Undefined where there is none.
 */
export function newestVerified(statuses: readonly TargetStatus[]): Release | undefined {
  const history = statuses.at(-1)?.retained ?? []
  for (const {release, commit, digests, verified} of history) {
    if (verified && commit !== undefined && digests !== undefined && isVerifiedIn(release, statuses)) return {id: release, commit, digests}
  }
  return undefined
}

/** A retained release by its identifier, from the statuses of any environments. */
export function retainedRelease(id: string, statuses: readonly TargetStatus[]): Release | undefined {
  for (const {release, commit, digests} of statuses.flatMap(({retained}) => retained)) {
    if (release === id && commit !== undefined && digests !== undefined) return {id, commit, digests}
  }
  return undefined
}

/** What a target is called in messages: its environment alone where it is the only one. */
export const titleOf = ({environment, target}: Pick<ResolvedTarget, 'environment' | 'target'>): string =>
  target === environment ? environment : `${environment}/${target}`
