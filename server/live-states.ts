import type {Uri} from './model/files.ts'
import type {PromotionService, ResolvedTarget, TargetStatus} from './model/promotion.ts'
import type {Live} from './protocol.ts'

export type KnownStatus = TargetStatus & {readonly progression?: string}

type State = {live: Live; statuses: readonly KnownStatus[]; watch: AbortController; key: string}

/**
 * What the clusters last said of each document's environments: asked once, then watched. The one store that tree, flowchart
 * and status draw from; what cannot be reached keeps its last answer, with the time it is from.
 */
export class LiveStates {
  readonly #promotions: () => Promise<PromotionService>
  readonly #states = new Map<Uri, State>()
  readonly #listeners: ((uri: Uri) => void)[] = []

  constructor(promotions: () => Promise<PromotionService>) {
    this.#promotions = promotions
  }

  onChanged(listener: (uri: Uri) => void): void {
    this.#listeners.push(listener)
  }

  of(uri: Uri): {readonly live: Live; readonly statuses: readonly KnownStatus[]} {
    return this.#states.get(uri) ?? {live: {state: 'notAsked'}, statuses: []}
  }

  /** Asks the clusters now and goes on watching them. */
  async ask(uri: Uri, targets: readonly ResolvedTarget[], signal: AbortSignal): Promise<readonly KnownStatus[]> {
    const key = JSON.stringify(targets)
    const before = this.#states.get(uri)
    if (!before) this.#states.set(uri, {live: {state: 'asking'}, statuses: [], watch: new AbortController(), key: ''})
    this.#tell(uri)
    const service = await this.#promotions()
    const statuses = await service.status(targets, signal)
    this.#take(uri, targets, statuses)
    const state = this.#states.get(uri)
    // The same targets are watched already, unless the thread that watched them died.
    if (state && (state.key !== key || state.watch.signal.aborted)) {
      state.watch.abort()
      state.watch = new AbortController()
      state.key = key
      void this.#watch(uri, targets, service, state.watch)
    }
    return this.of(uri).statuses
  }

  dispose(): void {
    for (const {watch} of this.#states.values()) watch.abort()
  }

  async #watch(uri: Uri, targets: readonly ResolvedTarget[], service: PromotionService, watch: AbortController): Promise<void> {
    try {
      for await (const statuses of service.watch(targets, watch.signal)) this.#take(uri, targets, statuses)
    } catch {
      // The thread died; the next question starts another one and watches again.
    }
    watch.abort()
  }

  #take(uri: Uri, targets: readonly ResolvedTarget[], statuses: readonly TargetStatus[]): void {
    const state = this.#states.get(uri)
    if (!state) return
    const asOf = new Date().toISOString()
    const unreachable = statuses.find(({phase}) => phase === 'unreachable')
    state.statuses = statuses.map((status, index) => ({...status, progression: targets[index]?.progression}))
    state.live = unreachable ? {state: 'unreachable', message: unreachable.message, asOf} : {state: 'known', asOf}
    this.#tell(uri)
  }

  #tell(uri: Uri): void {
    for (const listener of this.#listeners) listener(uri)
  }
}
