/** Runs something once for many wishes: those that come in one turn, and those that come while it runs, are one. */
export class Coalesced {
  readonly #work: () => Promise<void>
  #state: 'idle' | 'planned' | 'running' | 'again' = 'idle'

  /** `work` must not reject. */
  constructor(work: () => Promise<void>) {
    this.#work = work
  }

  wish(): void {
    if (this.#state === 'running') this.#state = 'again'
    if (this.#state !== 'idle') return
    this.#state = 'planned'
    setImmediate(() => void this.#run())
  }

  async #run(): Promise<void> {
    this.#state = 'running'
    await this.#work()
    const again = (this.#state as string) === 'again'
    this.#state = 'idle'
    if (again) this.wish()
  }
}
