/** Lets many wait for the next change, and remembers one that came while nobody waited. */
export class Changes {
  #generation = 0
  #waiting: (() => void)[] = []

  get generation(): number {
    return this.#generation
  }

  /** Something changed. */
  tell(): void {
    this.#generation++
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }

  /** Resolves when something changes after `generation`; rejects with the signal's reason when that comes first. */
  async after(generation: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#generation !== generation) return
    const {promise, resolve, reject} = Promise.withResolvers<void>()
    const abort = (): void => {
      this.#waiting = this.#waiting.filter(one => one !== resolve)
      reject(signal.reason)
    }
    this.#waiting.push(resolve)
    signal.addEventListener('abort', abort, {once: true})
    await promise.finally(() => signal.removeEventListener('abort', abort))
  }
}
