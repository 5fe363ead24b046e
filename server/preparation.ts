import {parseDocument} from 'yaml'
import type {Analysis} from './analysis.ts'
import type {Document} from './document/document.ts'
import {folderOf, relativePath} from './document/uri.ts'
import {CommitFiles} from './git/commit-files.ts'
import {head, uncommitted} from './git/work-tree.ts'
import type {Uri} from './model/files.ts'
import type {KubernetesObject, Renderer} from './model/manifests.ts'
import type {Progression} from './model/progression.ts'
import type {PromotionRequest, PromotionService, Release, RenderedTarget, ResolvedTarget, RollbackRequest} from './model/promotion.ts'
import {pinImages} from './promotion/images.ts'
import {newestVerified, readImageArguments, releaseFrom, retainedRelease} from './promotion/release.ts'
import type {Reading} from './sources/progression/read.ts'
import {type ResolveOptions, resolveEnvironment} from './sources/progression/resolve.ts'
import {workTree} from './workspace/work-tree.ts'

export type Choice = {
  readonly document: Document
  /** Name of the progression; needed only where a file holds several. */
  readonly progression?: string
  readonly environment: string
  /** A retained release to promote; the newest that is verified everywhere before is meant when it is left out. */
  readonly release?: string
  /** `name@sha256:…` each, for the first environment. */
  readonly images?: readonly string[]
  readonly reason?: string
  readonly agreed?: string
}

export type PreparationOptions = {
  readonly analysis: Analysis
  readonly renderer: Renderer
  readonly promotions: () => Promise<PromotionService>
  readonly resolving: () => ResolveOptions
  readonly kubernetesVersion?: () => string | undefined
}

type Refused = {readonly refusals: readonly string[]}

/**
 * From a document to what an engine carries out: the release, rendered from its commit for every environment, and what must
 * be verified before. Reads files and Git, asks the clusters only which releases they hold; writes nothing.
 */
export class Preparation {
  readonly #options: PreparationOptions

  constructor(options: PreparationOptions) {
    this.#options = options
  }

  /** `refusals` alone where there is nothing to plan; refusals inside the request where a plan can still be shown. */
  async promotion(choice: Choice, signal: AbortSignal): Promise<PromotionRequest | Refused> {
    return this.#request(choice, progression => namesBefore(progression, choice.environment), signal)
  }

  /** As a promotion from the head of the branch, whatever is verified before: for what must be there first. */
  async setup(choice: Choice, signal: AbortSignal): Promise<PromotionRequest | Refused> {
    return this.#request(choice, () => [], signal)
  }

  async #request(choice: Choice, earlier: (progression: Progression) => readonly string[], signal: AbortSignal): Promise<PromotionRequest | Refused> {
    const chosen = this.#reading(choice)
    if ('refusals' in chosen) return chosen
    const {reading} = chosen
    const own = resolveEnvironment(reading, choice.environment, this.#options.resolving())
    if (own.targets.length === 0) return {refusals: own.refusals}
    const resolvedBefore = earlier(reading.progression).map(name => resolveEnvironment(reading, name, this.#options.resolving()))
    const unready = resolvedBefore.flatMap(({refusals}) => refusals)
    if (unready.length > 0) return {refusals: unready}
    const targetsBefore = resolvedBefore.flatMap(({targets}) => targets.map(({target}) => target))
    const tree = await workTree(folderOf(choice.document.uri))
    if (!tree) return {refusals: ['A release is made from a commit, and this file lies in no Git repository. Run git init and commit.']}
    const source = await this.#source(choice, tree, targetsBefore, signal)
    if ('refusals' in source) return source
    const rendered = await this.#render(reading, tree, source, signal)
    if (!rendered.objects) return {refusals: rendered.refusals}
    const jobs = await this.#withJobs(own.targets, new CommitFiles(tree, source.commit), signal)
    const dirty = await this.#dirty(tree, [choice.document.uri, ...rendered.read], signal)
    const objects = rendered.objects.get(choice.environment)
    const targets = jobs.targets.flatMap((target): RenderedTarget[] => {
      const found = objects?.get(target.target)
      return found ? [{target, objects: found}] : []
    })
    return {
      targets,
      release: rendered.release,
      before: targetsBefore,
      reason: choice.reason,
      agreed: choice.agreed,
      refusals: [...own.refusals, ...jobs.refusals, ...dirty, ...rendered.unpinned],
    }
  }

  rollback(choice: Choice & {readonly to?: string}): RollbackRequest | Refused {
    const chosen = this.#reading(choice)
    if ('refusals' in chosen) return chosen
    const {targets, refusals} = resolveEnvironment(chosen.reading, choice.environment, this.#options.resolving())
    if (targets.length === 0) return {refusals}
    return {targets: targets.map(({target}) => target), to: choice.to, reason: choice.reason, agreed: choice.agreed}
  }

  /** Every target of every environment, as far as they can be told; for status. */
  targets(document: Document, progression?: string): readonly ResolvedTarget[] {
    return this.#options.analysis
      .readings(document)
      .filter(reading => progression === undefined || reading.progression.name === progression)
      .flatMap(reading =>
        reading.progression.environments.items.flatMap(({name}) =>
          resolveEnvironment(reading, name, this.#options.resolving()).targets.map(({target}) => target),
        ),
      )
  }

  #reading({document, progression, environment}: Choice): {readonly reading: Reading} | Refused {
    const errors = this.#options.analysis.textFindings(document).filter(({level}) => level === 'error')
    const first = errors[0]
    if (first) {
      const line = (document.range(first.at)?.start.line ?? 0) + 1
      return {refusals: [`The file has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}; the first is in line ${line}: ${first.message}`]}
    }
    const readings = this.#options.analysis.readings(document)
    const named = readings.filter(one => progression === undefined || one.progression.name === progression)
    const withEnvironment = named.filter(one => one.progression.environments.items.some(({name}) => name === environment))
    const reading = withEnvironment[0] ?? named[0]
    if (!reading) return {refusals: [progression ? `There is no progression ${progression} in this file.` : 'There is no progression in this file.']}
    if (withEnvironment.length > 1)
      return {refusals: [`${environment} stands in ${withEnvironment.map(one => one.progression.name).join(' and ')}. Say which one with --progression.`]}
    return {reading}
  }

  /** The commit to render and the digests to pin: a release that is verified before, or the head of the branch. */
  async #source(
    choice: Choice,
    tree: Uri,
    before: readonly ResolvedTarget[],
    signal: AbortSignal,
  ): Promise<{commit: string; digests: Readonly<Record<string, string>>; release?: Release} | Refused> {
    const images = readImageArguments(choice.images ?? [])
    if (images.refusals.length > 0) return images
    if (choice.release || (before.length > 0 && !choice.images?.length)) {
      const asked = before.length > 0 ? before : this.targets(choice.document, choice.progression).filter(({environment}) => environment === choice.environment)
      const statuses = await (await this.#options.promotions()).status(asked, signal)
      const unreachable = statuses.find(({phase}) => phase === 'unreachable')
      if (unreachable) return {refusals: [unreachable.message]}
      const release = choice.release ? retainedRelease(choice.release, statuses) : newestVerified(statuses)
      if (release) return {commit: release.commit, digests: release.digests, release}
      const names = [...new Set(asked.map(({environment}) => environment))].join(' and ')
      return {
        refusals: [
          choice.release
            ? `Release ${choice.release} is not known in ${names}.`
            : `No release is verified in ${names} yet. Promote it there first: progression promote ${asked[0]?.environment}.`,
        ],
      }
    }
    const found = await head(tree, signal)
    return found.state === 'commit' ? {commit: found.commit, digests: images.digests} : {refusals: [found.why]}
  }

  /** Every environment from one commit, since the digests of all of them make the release. */
  async #render(
    reading: Reading,
    tree: Uri,
    {commit, digests, release}: {commit: string; digests: Readonly<Record<string, string>>; release?: Release},
    signal: AbortSignal,
  ) {
    const files = new CommitFiles(tree, commit)
    const objects = new Map<string, Map<string, readonly KubernetesObject[]>>()
    const read = new Set<Uri>()
    const refusals: string[] = []
    for (const environment of reading.progression.environments.items) {
      const byTarget = new Map<string, readonly KubernetesObject[]>()
      objects.set(environment.name, byTarget)
      for (const target of environment.targets.items) {
        if (target.manifests.state !== 'known') {
          refusals.push(
            `${environment.name} has no manifests${target.manifests.state === 'unknown' ? `: ${target.manifests.why}` : '. Write manifests: at the top or under it'}.`,
          )
          continue
        }
        const request = {sources: target.manifests.value, root: tree, files, kubernetesVersion: this.#options.kubernetesVersion?.()}
        const rendering = await this.#options.renderer.render(request, signal)
        for (const uri of rendering.read) read.add(uri)
        if (rendering.state === 'rendered')
          byTarget.set(
            target.name,
            pinImages(
              rendering.manifests.map(({object}) => object),
              digests,
            ),
          )
        else
          refusals.push(
            `${environment.name} does not render from commit ${commit.slice(0, 10)}: ${rendering.state === 'failed' ? rendering.message : rendering.why}`,
          )
      }
    }
    if (refusals.length > 0) return {refusals}
    const made = releaseFrom(
      commit,
      [...objects.values()].flatMap(byTarget => [...byTarget.values()]),
    )
    return {objects, read: [...read], release: release ?? made.release, unpinned: made.refusals}
  }

  async #dirty(tree: Uri, read: readonly Uri[], signal: AbortSignal): Promise<readonly string[]> {
    const changed = await uncommitted(tree, signal)
    if ('why' in changed) return [changed.why]
    const used = changed.filter(uri => read.includes(uri)).map(uri => decodeURIComponent(relativePath(tree, uri)))
    if (used.length === 0) return []
    return [
      `${used.length === 1 ? 'There are uncommitted changes in' : `There are uncommitted changes in ${used.length} files:`} ${used.slice(0, 5).join(', ')}${used.length > 5 ? ' and others' : ''}. Commit or stash them: a release is made from a commit.`,
    ]
  }

  /** Puts in the Jobs of smoke tests, as the commit has them. */
  async #withJobs(
    targets: ReturnType<typeof resolveEnvironment>['targets'],
    files: CommitFiles,
    signal: AbortSignal,
  ): Promise<{targets: readonly ResolvedTarget[]; refusals: readonly string[]}> {
    const refusals: string[] = []
    const filled: ResolvedTarget[] = []
    for (const {target, job} of targets) {
      if (!job) {
        filled.push(target)
        continue
      }
      const bytes = await files.read(job.uri, signal)
      const object = bytes && (parseDocument(new TextDecoder().decode(bytes)).toJS() as KubernetesObject | null)
      if (object?.kind !== 'Job')
        refusals.push(`The smoke test of ${target.environment} names ${job.uri.split('/').at(-1)}, which is ${bytes ? 'no Job' : 'not in the commit'}.`)
      filled.push(object?.kind === 'Job' ? {...target, smoke: [...target.smoke, {kind: 'job', job: object, timeout: job.timeout}]} : target)
    }
    return {targets: filled, refusals}
  }
}

/** The environments a release must be verified in before it may go on to another. */
const namesBefore = ({transitions}: Progression, environment: string): readonly string[] =>
  transitions.items.flatMap(({from, to}) => (to === environment && typeof from === 'string' ? [from] : []))
