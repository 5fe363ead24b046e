type Kept<Value> = {readonly value: Value; readonly weight: number; readonly until: number}

/** The results used last, up to a weight in characters. */
export class RecentResults<Value> {
  readonly #most: number
  readonly #kept = new Map<string, Kept<Value>>()
  #weight = 0

  constructor(most: number) {
    this.#most = most
  }

  get(key: string): Value | undefined {
    const found = this.#kept.get(key)
    if (found === undefined) return undefined
    this.delete(key)
    if (found.until < Date.now()) return undefined
    this.#keep(key, found)
    return found.value
  }

  /** Keeps a value for `milliseconds`, or for as long as there is room. */
  set(key: string, value: Value, weight: number, milliseconds = Number.POSITIVE_INFINITY): void {
    this.delete(key)
    this.#keep(key, {value, weight, until: Date.now() + milliseconds})
    for (const oldest of this.#kept.keys()) {
      if (this.#weight <= this.#most || oldest === key) break
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    this.#weight -= this.#kept.get(key)?.weight ?? 0
    this.#kept.delete(key)
  }

  #keep(key: string, kept: Kept<Value>): void {
    this.#kept.set(key, kept)
    this.#weight += kept.weight
  }
}
