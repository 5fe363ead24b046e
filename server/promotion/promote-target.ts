import {type ClusterError, isPassing, type Result, succeeded} from '../cluster/errors.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {PromotionRequest} from '../model/promotion.ts'
import {adopt} from './adopt.ts'
import {deploy} from './deploy.ts'
import {trim, verify} from './history.ts'
import {insist, patience} from './insist.ts'
import {payloadOf} from './payload.ts'
import type {PhaseEvent} from './phases.ts'
import {nextRevision, type Ready} from './prepare.ts'
import {prune} from './prune.ts'
import {Records} from './records.ts'
import {titleOf} from './release.ts'
import {rollBack, type TargetOutcome} from './rollback-target.ts'
import {awaitRollout} from './rollout.ts'
import {isSecret} from './secrets.ts'
import {smoke} from './smoke.ts'
import {type Revision, revisionOf, type TargetState} from './state.ts'
import {TargetRecord, type Tell} from './target-record.ts'
import type {Verdict} from './verdict.ts'
import {count} from './words.ts'

/** A cluster that does not answer, or lets us in no longer, has not judged the release. */
const saysNothing = (error: ClusterError): boolean => isPassing(error) || error.kind === 'unauthorized' || error.kind === 'forbidden'

/** Promotes one target from a plan without refusals: records, applies, waits, tests, and rolls back where the environment says so. */
export async function promoteTarget(ready: Ready, request: PromotionRequest, tell: Tell, signal: AbortSignal): Promise<TargetOutcome> {
  return new TargetPromotion(ready, request, tell, signal).run()
}

class TargetPromotion {
  readonly #ready: Ready
  readonly #request: PromotionRequest
  readonly #tell: Tell
  readonly #signal: AbortSignal
  readonly #place: string
  readonly #release: string

  constructor(ready: Ready, request: PromotionRequest, tell: Tell, signal: AbortSignal) {
    this.#ready = ready
    this.#request = request
    this.#tell = tell
    this.#signal = signal
    this.#place = titleOf(ready.site.target)
    this.#release = request.release.id
  }

  async run(): Promise<TargetOutcome> {
    const begun = this.#ready.nothingToDo ? await this.#confirm() : await this.#begin()
    if (!('record' in begun)) return begun
    const {record} = begun
    const deployed = await deploy(this.#ready, record.say, this.#signal)
    if (deployed.state === 'stopped') return this.#stop(record, `${deployed.done} of ${deployed.total} objects are new, the rest is as before`)
    if (deployed.state === 'broken') {
      const message = `${deployed.error.message} ${deployed.done} of ${deployed.total} objects are new.`
      return saysNothing(deployed.error) ? this.#block(record, message) : this.#fail(record, 'rollout', message)
    }
    const applied = await record.move('applied', `waiting for ${this.#release} to roll out`, {}, patience, this.#signal)
    if (!applied.ok) return this.#lost(record, applied.error)
    return (await this.#rollout(record, deployed.objects)) ?? (await this.#smoke(record, deployed.objects)) ?? this.#verified(record)
  }

  async #rollout(record: TargetRecord, objects: readonly KubernetesObject[]): Promise<TargetOutcome | undefined> {
    const {site} = this.#ready
    const verdict = await awaitRollout(site, objects, site.target.rolloutTimeout, record.say, this.#signal)
    if (verdict.verdict !== 'pass') return this.#end(record, 'rollout', verdict)
    if (site.target.smoke.length === 0) return undefined
    const moved = await record.move(
      'available',
      `${this.#release} is rolled out; ${count(site.target.smoke.length, 'smoke test')} to pass`,
      {},
      patience,
      this.#signal,
    )
    return moved.ok ? undefined : this.#lost(record, moved.error)
  }

  async #smoke(record: TargetRecord, applied: readonly KubernetesObject[]): Promise<TargetOutcome | undefined> {
    const {site} = this.#ready
    const judged = {applied, release: this.#release, revision: record.state.serving}
    const verdict = await smoke(site, site.target.smoke, judged, record.say, this.#signal)
    return verdict.verdict === 'pass' ? undefined : this.#end(record, 'smoke', verdict)
  }

  /** Nothing would change, and what serves was verified: the release is verified under its own name without touching anything. */
  async #confirm(): Promise<TargetOutcome> {
    const {stored} = this.#ready
    const serving = stored && revisionOf(stored.state, stored.state.serving)
    if (stored === undefined || serving === undefined) throw new Error('Nothing is to be done, and yet nothing serves.')
    const message = `${this.#release} is verified in ${this.#place}: nothing changes there`
    if (serving.release === this.#release) return {result: 'verified', release: this.#release, revision: serving.revision, message: `${message}.`}
    const record = new TargetRecord(this.#ready.site, stored.state, stored.resourceVersion, this.#tell)
    const revision = nextRevision(stored.state)
    const entry: Revision = {...serving, ...this.#identity(), revision, verified: true, restores: undefined}
    const change = {serving: revision, safe: revision, revisions: [entry, ...stored.state.revisions]}
    const moved = await record.move('unchanged', `${message} since ${serving.release}`, change, patience, this.#signal)
    if (!moved.ok) return this.#refused(moved.error.message)
    return {result: 'verified', release: this.#release, revision, message: `${message} since ${serving.release}.`}
  }

  /** Writes down what is about to be: payloads first, then the state, whose version decides who promotes. */
  async #begin(): Promise<{record: TargetRecord} | TargetOutcome> {
    const {site, stored, salt} = this.#ready
    if (this.#signal.aborted) return this.#aborted()
    const records = new Records(site.connection, site.target)
    let state = stored?.state
    if (state === undefined) {
      const adopted = await adopt(this.#ready, this.#identity(), records, this.#signal)
      if (!adopted.ok) return this.#refused(adopted.error.message)
      state = adopted.value
    }
    const record = new TargetRecord(site, state, stored?.resourceVersion, this.#tell)
    const resumed = this.#ready.revision === state.serving ? revisionOf(state, state.serving) : undefined
    const entry = resumed === undefined ? await this.#newRevision(state, records, record) : succeeded(resumed)
    if (!entry.ok) return entry.error.kind === 'aborted' ? this.#aborted() : this.#refused(entry.error.message)
    const {revision} = entry.value
    const revisions = resumed === undefined ? [entry.value, ...state.revisions] : state.revisions
    const message = `${resumed === undefined ? 'applying' : 'going on to apply'} ${this.#release} as revision ${revision}`
    const change = {serving: revision, revisions, reason: this.#request.reason, salt}
    const moved = await record.move('started', message, change, patience, this.#signal)
    if (!moved.ok && moved.error.kind === 'aborted') return this.#aborted()
    return moved.ok ? {record} : this.#refused(moved.error.message)
  }

  async #newRevision(state: TargetState, records: Records, record: TargetRecord): Promise<Result<Revision>> {
    const {objects, stamped, salt, content} = this.#ready
    const payload = payloadOf(stamped, salt)
    const first = nextRevision(state)
    const saved = await insist(() => records.saveFrom(first, payload, this.#signal), patience, record.say, this.#signal)
    if (!saved.ok) return saved
    const secrets = objects.filter(isSecret).map(({metadata}) => metadata.name)
    return succeeded({...this.#identity(), revision: saved.value.revision, verified: false, content, payload: saved.value, secrets})
  }

  async #verified(record: TargetRecord): Promise<TargetOutcome> {
    const {site, prune: names} = this.#ready
    const revision = record.state.serving
    const events: readonly PhaseEvent[] = site.target.smoke.length === 0 ? ['available', 'passed'] : ['passed']
    const message = `${this.#release} is verified in ${this.#place} (revision ${revision})`
    const verified = {...record.state, safe: revision, revisions: verify(record.state.revisions, revision), leftovers: names}
    const {revisions, leftovers} = trim(verified)
    const moved = await record.move(events, message, {revisions, safe: revision, leftovers}, patience, this.#signal)
    if (!moved.ok) return this.#lost(record, moved.error)
    await this.#cleanUp(record)
    return {result: 'verified', release: this.#release, revision, message: `${message}.`}
  }

  /** What has no place any more goes only now. Whatever stays is tried again next time. */
  async #cleanUp(record: TargetRecord): Promise<void> {
    const {site} = this.#ready
    const {leftovers, revisions} = record.state
    const left = await prune(site, leftovers, record.say, this.#signal)
    if (left.length !== leftovers.length) await record.amend({leftovers: left}, patience, this.#signal)
    const kept = revisions.flatMap(({payload}) => payload ?? [])
    await new Records(site.connection, site.target).prune(kept, this.#signal)
  }

  #end(record: TargetRecord, step: 'rollout' | 'smoke', {verdict, message}: Verdict): Promise<TargetOutcome> {
    if (verdict === 'fail') return this.#fail(record, step, message)
    return verdict === 'stopped' ? this.#stop(record, `${message}; the new release serves, unverified`) : this.#block(record, message)
  }

  async #fail(record: TargetRecord, step: 'rollout' | 'smoke', message: string): Promise<TargetOutcome> {
    const {site} = this.#ready
    const why = `${this.#place}: ${this.#release} failed: ${message}`
    const to = revisionOf(record.state, record.state.safe)
    if (site.target.rollback?.on.includes(step) && to !== undefined) {
      return rollBack({site, record, to, why, event: 'failed', verdictAt: performance.now()}, this.#signal)
    }
    const moved = await record.move('gaveUp', `${why}. Nothing rolls back by itself here.`, {}, patience, this.#signal)
    if (!moved.ok) return this.#lost(record, moved.error)
    return this.#outcome(record, 'failed', `${why}. Nothing rolls back by itself here: \`progression rollback ${site.target.environment}\` does.`)
  }

  async #block(record: TargetRecord, message: string): Promise<TargetOutcome> {
    const why = `${this.#place}: ${message}`
    const moved = await record.move('inconclusive', why, {}, patience, this.#signal)
    const told = moved.ok ? '' : ` ${moved.error.message}`
    return this.#outcome(record, 'blocked', `${why}${told} ${this.#waysOut()}`)
  }

  /** A person's stop: said in the record too, with a moment of its own, for the signal is spent. */
  async #stop(record: TargetRecord, truth: string): Promise<TargetOutcome> {
    const why = `${this.#place}: stopped by ${this.#ready.site.user}: ${truth}`
    const moved = await record.move('stopped', why, {}, 0, AbortSignal.timeout(5_000))
    const told = moved.ok ? '' : ` ${moved.error.message}`
    return this.#outcome(record, 'blocked', `${why}.${told} ${this.#waysOut()}`)
  }

  async #lost(record: TargetRecord, error: {readonly kind: string; readonly message: string}): Promise<TargetOutcome> {
    if (error.kind === 'aborted') return this.#stop(record, `it is ${record.state.phase}`)
    return this.#outcome(record, 'blocked', `${this.#place}: ${error.message}`)
  }

  #waysOut(): string {
    const {environment} = this.#ready.site.target
    return `Promote ${this.#release} again to go on, or roll back: \`progression rollback ${environment}\`.`
  }

  #identity(): Pick<Revision, 'release' | 'commit' | 'digests' | 'createdAt' | 'by'> {
    const {id, commit, digests} = this.#request.release
    return {release: id, commit, digests, createdAt: new Date().toISOString(), by: this.#ready.site.user}
  }

  #aborted(): TargetOutcome {
    return {result: 'aborted', release: this.#release, message: `Stopped before anything of ${this.#place} was changed.`}
  }

  #refused(message: string): TargetOutcome {
    return {result: 'refused', release: this.#release, message: `${this.#place}: ${message}`}
  }

  #outcome(record: TargetRecord, result: TargetOutcome['result'], message: string): TargetOutcome {
    return {result, release: this.#release, revision: record.state.serving, message}
  }
}
