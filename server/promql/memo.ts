/** What a pure function made of a text, for as long as the text is among the last ones asked for. */
export class Memo<T> {
  readonly #most: number
  readonly #made = new Map<string, T>()

  constructor(most: number) {
    this.#most = most
  }

  get(text: string, make: (text: string) => T): T {
    const before = this.#made.get(text)
    const made = before ?? make(text)
    // Behind all others again, so that the first is the one nobody asked for longest.
    this.#made.delete(text)
    this.#made.set(text, made)
    const oldest = this.#made.size > this.#most ? this.#made.keys().next().value : undefined
    if (oldest !== undefined) this.#made.delete(oldest)
    return made
  }
}
