import {setImmediate as nextTurn} from 'node:timers/promises'

/** How long work may hold the thread, milliseconds. While it does, no cancellation and no key stroke can arrive. */
const longest = 8

/** One stretch of work that lets others in every 8 ms. */
export class Turn {
  #since = performance.now()

  /** Cheap enough for every step of a loop. Throws the signal's reason where the work is not wanted any more. */
  async pause(signal: AbortSignal): Promise<void> {
    if (performance.now() - this.#since < longest) return
    await nextTurn()
    signal.throwIfAborted()
    this.#since = performance.now()
  }

  /** Whether {@link pause} would let others in now; for loops too tight to await each step. */
  get due(): boolean {
    return performance.now() - this.#since >= longest
  }
}
