export type Position = {readonly line: number; readonly character: number}

/** Where lines begin. Offsets and characters are UTF-16 units; lines end with `\n`, `\r\n` or a lone `\r`, as in LSP. */
export class Lines {
  readonly #starts: readonly number[]
  readonly #length: number

  constructor(text: string)
  constructor(text: string, starts: readonly number[])
  constructor(text: string, starts: readonly number[] = lineStarts(text, 0, text.length, [0])) {
    this.#starts = starts
    this.#length = text.length
  }

  get count(): number {
    return this.#starts.length
  }

  /** Offset of a position; one beyond the end of its line or of the text is brought back to it. */
  offset({line, character}: Position): number {
    const start = this.#starts[line]
    if (start === undefined) return line < 0 ? 0 : this.#length
    return Math.max(start, Math.min(start + character, this.#starts[line + 1] ?? this.#length))
  }

  position(offset: number): Position {
    const line = this.lineAt(offset)
    return {line, character: offset - (this.#starts[line] ?? 0)}
  }

  lineAt(offset: number): number {
    let low = 0
    let high = this.#starts.length
    while (low + 1 < high) {
      const middle = (low + high) >>> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low
  }

  start(line: number): number {
    return this.#starts[line] ?? this.#length
  }

  /** The lines of the text after `[start, end)` of this one was replaced; only what changed is scanned. */
  edit(text: string, start: number, end: number): Lines {
    const delta = text.length - this.#length
    // One line more on either side: a `\r` before the edit may have become half of a `\r\n`.
    const first = Math.max(0, this.lineAt(start) - 1)
    const last = Math.min(this.#starts.length, this.lineAt(end) + 2)
    const from = this.#starts[first] ?? 0
    const until = (this.#starts[last] ?? this.#length) + delta
    const starts = this.#starts.slice(0, first + 1)
    lineStarts(text, from, until, starts)
    if (last < this.#starts.length) {
      if (starts.at(-1) === until) starts.pop()
      for (let index = last; index < this.#starts.length; index++) starts.push((this.#starts[index] ?? 0) + delta)
    }
    return new Lines(text, starts)
  }
}

function lineStarts(text: string, from: number, until: number, starts: number[]): number[] {
  for (let index = from; index < until; index++) {
    const code = text.charCodeAt(index)
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1)
  }
  return starts
}
