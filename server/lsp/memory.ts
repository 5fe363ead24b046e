import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'

/** Milliseconds without a message after which nobody is typing. */
const calm = 250
/** Bytes of heap more than after the last collection that are worth one. */
const worth = 12 * 1024 * 1024

/**
 * Gives memory back while nobody types. Reading again at each key stroke leaves little that lives and much that does not, and
 * V8 lets that pile up to a multiple of what is needed: at a text of 1 MB, 276 MB instead of 150.
 */
export class Memory {
  readonly #collect: () => unknown
  #timer: NodeJS.Timeout | undefined
  #after = 0

  constructor() {
    // Young objects are few megabytes between two key strokes; room for more of them would only stay filled.
    setFlagsFromString('--semi-space-growth-factor=1')
    setFlagsFromString('--expose-gc')
    this.#collect = runInNewContext('gc') as () => unknown
  }

  /** A message came. */
  busy(): void {
    if (this.#timer) this.#timer.refresh()
    else this.#timer = setTimeout(() => this.#rest(), calm).unref()
  }

  #rest(): void {
    this.#timer = undefined
    if (process.memoryUsage().heapUsed - this.#after < worth) return
    this.#collect()
    this.#after = process.memoryUsage().heapUsed
  }
}
