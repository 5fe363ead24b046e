/** Tells one reader that something changed. A change between two waits is not lost, many changes in between count as one. */
export class Changes {
  #changed = false
  #wake: (() => void) | undefined

  readonly notify = (): void => {
    this.#changed = true
    this.#wake?.()
  }

  /** Resolves on the next change, after the time (milliseconds), or when the signal aborts. */
  async next(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.#changed && !signal.aborted) {
      const {promise, resolve} = Promise.withResolvers<void>()
      this.#wake = resolve
      const timer = setTimeout(resolve, milliseconds)
      signal.addEventListener('abort', this.notify, {once: true})
      await promise
      clearTimeout(timer)
      signal.removeEventListener('abort', this.notify)
      this.#wake = undefined
    }
    this.#changed = false
  }
}
