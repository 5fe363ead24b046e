import {type Result, succeeded} from '../cluster/errors.ts'
import type {Phase, PromotionEvent} from '../model/promotion.ts'
import {seenThrough} from './grace.ts'
import {insist, type Say} from './insist.ts'
import {next, type PhaseEvent} from './phases.ts'
import type {Site} from './site.ts'
import {StateStore, type StoredState, type TargetState} from './state.ts'

export type Tell = (event: PromotionEvent) => void

/** Longest journal, entries; older ones make room. */
const journalLength = 50

/**
 * The state of one target while it is worked on: every change goes through the table of phases and is in the cluster before the step it
 * announces. A conflict means that somebody else has taken the target over, and whoever meets it must stop.
 */
export class TargetRecord {
  readonly #site: Site
  readonly #store: StateStore
  readonly #tell: Tell
  #state: TargetState
  #resourceVersion: string | undefined

  constructor(site: Site, state: TargetState, resourceVersion: string | undefined, tell: Tell) {
    this.#site = site
    this.#store = new StateStore(site.connection, site.target)
    this.#state = state
    this.#resourceVersion = resourceVersion
    this.#tell = tell
  }

  get state(): TargetState {
    return this.#state
  }

  /** A word on what is going on, for whoever watches; recorded nowhere. */
  readonly say: Say = message => this.#tell({kind: 'progress', at: Date.now(), target: this.#site.target.target, message})

  /**
   * Moves on by one event, or several that happen at once. `limit` is how long a silent cluster is asked, milliseconds.
   * @throws where the table knows no such event in the present phase: a mistake of ours
   */
  async move(
    events: PhaseEvent | readonly PhaseEvent[],
    message: string,
    change: Partial<TargetState>,
    limit: number,
    signal: AbortSignal,
  ): Promise<Result<void>> {
    const phase = [events].flat().reduce(this.#after, this.#state.phase)
    const at = new Date().toISOString()
    const by = this.#site.user
    const journal = [...this.#state.journal, {at, step: `${phase}: ${message}`, by}].slice(-journalLength)
    const since = phase === this.#state.phase ? this.#state.since : at
    const written = await this.#write({...this.#state, ...change, phase, message, since, by, journal}, limit, signal)
    if (written.ok) this.#tell({kind: 'phase', at: Date.now(), target: this.#site.target.target, phase, message})
    return written
  }

  /** Changes what is recorded and leaves the phase. */
  amend(change: Partial<TargetState>, limit: number, signal: AbortSignal): Promise<Result<void>> {
    return this.#write({...this.#state, ...change}, limit, signal)
  }

  /** Takes the target over from whoever holds it: reads what is there now and goes on from that. */
  async takeOver(limit: number, signal: AbortSignal): Promise<Result<StoredState | undefined>> {
    const now = await insist(() => this.#store.read(signal), limit, this.say, signal)
    if (now.ok && now.value !== undefined) {
      this.#state = now.value.state
      this.#resourceVersion = now.value.resourceVersion
    }
    return now
  }

  async #write(state: TargetState, limit: number, signal: AbortSignal): Promise<Result<void>> {
    const written = await insist(() => seenThrough(signal, patient => this.#store.write(state, this.#resourceVersion, patient)), limit, this.say, signal)
    if (!written.ok) return written
    this.#state = written.value.state
    this.#resourceVersion = written.value.resourceVersion
    return succeeded(undefined)
  }

  readonly #after = (phase: Phase, event: PhaseEvent): Phase => {
    const after = next(phase, event)
    if (after === undefined) throw new Error(`A target that is ${phase} cannot meet the event ${event}.`)
    return after
  }
}
