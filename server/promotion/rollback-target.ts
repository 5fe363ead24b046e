import {type Result, succeeded} from '../cluster/errors.ts'
import {resources} from '../cluster/resource.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {Outcome} from '../model/promotion.ts'
import {goBack, type Journey} from './go-back.ts'
import {defaultTarget, isTarget, leaving, verify, withdraw} from './history.ts'
import {inParallel, insist} from './insist.ts'
import {identify} from './order.ts'
import type {Payload} from './payload.ts'
import type {PhaseEvent} from './phases.ts'
import {nextRevision} from './prepare.ts'
import {nameOnly, namesIn, without} from './prune.ts'
import {Records} from './records.ts'
import {titleOf} from './release.ts'
import {autoscaled} from './replicas.ts'
import {discover, type Kinds, type Site} from './site.ts'
import {type Revision, revisionOf, type TargetState} from './state.ts'
import type {TargetRecord} from './target-record.ts'
import {someOf} from './words.ts'

/** What became of one target. */
export type TargetOutcome = Pick<Outcome, 'result' | 'release' | 'revision' | 'message' | 'rollbackSeconds'>

/** A rollback is never given up for a cluster that does not answer. */
const noLimit = Number.POSITIVE_INFINITY
const empty: Payload = {objects: [], secrets: []}
/** How often the state is taken over again from others who write it too. */
const takeovers = 10

export type Rollback = {
  readonly site: Site
  readonly record: TargetRecord
  readonly to: Revision
  /** What led to it, for the history: `smoke test: …`, `asked by alice`. */
  readonly why: string
  /** `failed` where the machine decided it, `rollback` where a person did. */
  readonly event: Extract<PhaseEvent, 'failed' | 'rollback'>
  /** `performance.now()` of the verdict. */
  readonly verdictAt: number
}

/** Rolls one target back and records how it went. It goes on until it succeeds, until going on would not help, or until a person stops it. */
export async function rollBack({site, record, to, why, event, verdictAt}: Rollback, signal: AbortSignal): Promise<TargetOutcome> {
  const from = record.state.serving
  const left = leaving(record.state)
  const announced = await announce(record, site, to, why, event, signal)
  if (!announced.ok) {
    const passed = announced.error.kind === 'conflict' || announced.error.kind === 'aborted'
    return outcome(record.state, passed ? 'blocked' : 'rollbackFailed', `${why}. The rollback did not begin: ${announced.error.message}`)
  }
  const {serving: revision} = record.state
  const place = titleOf(site.target)

  const travelled = await travel(site, record, to, left, verdictAt, signal)
  const isThrough = travelled.ok && travelled.value.verdict.verdict === 'pass'
  if (signal.aborted && !isThrough) {
    const message = `${place}: the rollback was stopped; it is between ${left?.release ?? 'what was there'} and ${to.release}. Go on with \`progression rollback ${site.target.environment}\`.`
    await settle(record, 'stopped', message, {}, signal)
    return outcome(record.state, 'blocked', `${why}. ${message}`)
  }
  if (!travelled.ok) {
    await settle(record, 'unrestored', travelled.error.message, {}, signal)
    return outcome(record.state, 'rollbackFailed', `${why}. ${travelled.error.message}`)
  }
  const {verdict, seconds, leftovers} = travelled.value
  const timed = seconds === undefined ? {} : {lastRollback: {at: new Date().toISOString(), from, to: to.revision, seconds}}
  if (verdict.verdict !== 'pass') {
    const message = `${place}: the rollback to ${to.release} is not through: ${verdict.message}`
    await settle(record, 'unrestored', message, timed, signal)
    return outcome(record.state, 'rollbackFailed', `${why}. ${message}`, seconds)
  }
  const over = site.target.rollback?.within
  const budget = over !== undefined && seconds !== undefined && seconds * 1000 > over ? `, over the budget of ${over / 1000} s` : ''
  const made = leftovers.length === 0 ? '' : ` Left behind until the next verified promotion: ${someOf(leftovers.map(({kind, name}) => `${kind} ${name}`))}.`
  const where = to.payload === undefined ? 'runs nothing of it any more, as before the first promotion' : `is back at ${to.release} (revision ${to.revision})`
  const message = `${place} ${where}, ${seconds} s after the verdict${budget}.${made}`
  const withdrawn = left === undefined ? record.state.revisions : withdraw(record.state.revisions, left.release, to.content)
  const revisions = to.verified ? verify(withdrawn, revision) : withdrawn
  const known = [...record.state.leftovers, ...leftovers]
  await settle(record, 'restored', message, {...timed, revisions, safe: to.verified ? revision : to.revision, leftovers: known}, signal)
  return outcome(record.state, 'rolledBack', `${why}. ${message}`, seconds)
}

/** Records that a rollback begins, taking the target over from whoever holds it. */
async function announce(record: TargetRecord, site: Site, to: Revision, why: string, event: 'failed' | 'rollback', signal: AbortSignal): Promise<Result<void>> {
  for (let attempt = 1; ; attempt++) {
    const {state} = record
    const revision = nextRevision(state)
    const entry: Revision = {...to, revision, verified: false, restores: to.revision, createdAt: new Date().toISOString(), by: site.user}
    const change = {serving: revision, revisions: [entry, ...state.revisions], fence: state.fence + 1}
    const moved = await record.move(event, `${why}; going back to ${to.release} (revision ${to.revision})`, change, noLimit, signal)
    // Only a person's word stands above whoever has taken the target over; a promotion that meets them stops.
    if (moved.ok || moved.error.kind !== 'conflict' || event === 'failed' || attempt === takeovers) return moved
    const taken = await record.takeOver(noLimit, signal)
    if (!taken.ok) return taken
  }
}

type Travelled = Awaited<ReturnType<typeof goBack>> & {readonly leftovers: TargetState['leftovers']}

async function travel(
  site: Site,
  record: TargetRecord,
  to: Revision,
  left: Revision | undefined,
  verdictAt: number,
  signal: AbortSignal,
): Promise<Result<Travelled>> {
  const [wanted, there] = await inParallel([to, left], 2, revision => load(site, record, revision, signal))
  if (wanted === undefined || !wanted.ok) return wanted ?? succeeded({verdict: {verdict: 'pass', message: ''}, seconds: undefined, leftovers: []})
  // Without the record of what was there, what it created cannot be told; what is to be there can.
  const current = there?.ok ? there.value : empty
  const recorded = wanted.value.objects
  const ids = new Set(recorded.map(identify))
  const created = current.objects.filter(object => !ids.has(identify(object)))
  const [found, scalers] = await Promise.all([
    insist(() => discoverAll(site, [...recorded, ...created], signal), noLimit, record.say, signal),
    insist(() => site.connection.objects.list(resources.autoscalers, site.target.namespace, {}, signal), noLimit, record.say, signal),
  ])
  if (!found.ok) return found
  const scaled = autoscaled([...recorded, ...(scalers.ok ? scalers.value.items : [])])
  const journey: Journey = {site, kinds: found.value, autoscaled: scaled, recorded, created, verdictAt}
  const arrival = await goBack(journey, record.say, signal)
  const leftovers = without(namesIn(current), [...recorded.map(nameOnly), ...namesIn(wanted.value)])
  return succeeded({...arrival, leftovers})
}

/** Kinds that the cluster serves no longer are left out, and named when they are needed; a cluster that does not answer is asked again. */
async function discoverAll(site: Site, objects: readonly KubernetesObject[], signal: AbortSignal): Promise<Result<Kinds>> {
  const {kinds, unanswered} = await discover(site, objects, signal)
  return unanswered === undefined ? succeeded(kinds) : {ok: false, error: unanswered}
}

function load(site: Site, record: TargetRecord, revision: Revision | undefined, signal: AbortSignal): Promise<Result<Payload>> {
  const reference = revision?.payload
  if (reference === undefined) return Promise.resolve(succeeded(empty))
  return insist(() => new Records(site.connection, site.target).load(reference, signal), noLimit, record.say, signal)
}

/** The last word of a rollback, said even when a person has stopped it. A record that cannot be written now is put right by the next one. */
async function settle(record: TargetRecord, event: PhaseEvent, message: string, change: Partial<TargetState>, signal: AbortSignal): Promise<void> {
  const own = signal.aborted ? AbortSignal.timeout(5_000) : signal
  const written = await record.move(event, message, change, noLimit, own)
  if (!written.ok) record.say(written.error.message)
}

function outcome(state: TargetState, result: TargetOutcome['result'], message: string, rollbackSeconds?: number): TargetOutcome {
  const serving = revisionOf(state, state.serving)
  return {result, message, release: serving?.release ?? 'unknown', revision: serving?.revision, rollbackSeconds}
}

/** The revision that `to` names, or why there is none to go back to. Without a name it is the safe one before what serves. */
export function chooseRevision(state: TargetState, to: string | undefined): Revision | string {
  const targets = state.revisions.filter(isTarget)
  if (to === undefined)
    return (
      defaultTarget(state) ??
      `${state.environment} has no verified revision before ${revisionOf(state, state.serving)?.release ?? 'what serves'}: there is nothing to go back to.`
    )
  const found = targets.find(({revision, release}) => String(revision) === to || release === to)
  if (found !== undefined) return found
  const known = targets.map(({revision, release}) => `${release} (revision ${revision})`).join(', ')
  return `${state.environment} has no verified revision ${to}. It can go back to: ${known === '' ? 'nothing' : known}.`
}
