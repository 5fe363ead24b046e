import {blockMap, type Frame, type Met, pathId, pathOf} from './frame.ts'

/** Which part of a map or list a word is. */
export type Role = 'key' | 'value' | 'item'

/** What a text is in the middle of where it ends. Offsets are those of the text. */
export type Ending =
  | {readonly kind: 'comment'; readonly start: number}
  /** The lines of `|` or `>`. */
  | {readonly kind: 'text'; readonly start: number}
  /** In quotes; `start` is behind the quote. */
  | {readonly kind: 'quoted'; readonly start: number; readonly quote: '"' | "'"; readonly role: Role}
  /** At the first word of a line, or where it would begin; `dash` where it stands behind one. */
  | {readonly kind: 'first'; readonly start: number; readonly column: number; readonly dash: boolean}
  /** Right behind a dash or a colon, with no space yet. */
  | {readonly kind: 'tight'; readonly after: 'dash' | 'colon'; readonly column: number}
  /** At a value behind `key: `. */
  | {readonly kind: 'value'; readonly start: number}
  /** In braces or brackets, at a word or where one would begin. */
  | {readonly kind: 'flow'; readonly start: number; readonly role: Role}
  | {readonly kind: 'none'}

export const none: Ending = {kind: 'none'}

/** A text that is being scanned: where, what is open there, and what was met on the way. */
export class Tape {
  readonly text: string
  readonly frames: Frame[]
  readonly met: Met[] = []
  /** Behind the end where the text ended in the midst of something. */
  at = 0
  lineStart = 0

  constructor(text: string, root: Frame) {
    // Line ends of one kind, and every offset as it was.
    this.text = text.includes('\r') ? text.replace(/\r\n?/g, found => (found.length === 2 ? ' \n' : '\n')) : text
    this.frames = [root]
  }

  get top(): Frame {
    return this.frames.at(-1) ?? blockMap(0)
  }

  isEnd(offset: number): boolean {
    return offset >= this.text.length
  }

  lineEnd(from: number): number {
    const found = this.text.indexOf('\n', from)
    return found < 0 ? this.text.length : found
  }

  /** The text ends in the midst of something. */
  finish(ending: Ending): Ending {
    this.at = this.text.length + 1
    return ending
  }

  key(name: string, start: number, end: number): void {
    this.#meet(name.trim(), start, end)
    this.top.key = name.trim()
    this.top.valued = false
  }

  /** A plain word; those of lists are remembered. */
  word(text: string, start: number): void {
    if (this.top.kind === 'list') this.#meet(text, start, start + text.length)
    this.top.valued = true
  }

  #meet(text: string, start: number, end: number): void {
    this.met.push({path: pathId(pathOf(this.frames.slice(0, -1))), text, start, end})
  }

  spaces(from: number): number {
    let at = from
    while (this.text[at] === ' ' || this.text[at] === '\t') at++
    return at
  }

  /** Behind anchors and tags. */
  properties(from: number): number {
    const pattern = /(?:[&!][^\s,[\]{}]*(?:[ \t]+|(?=\n)))*/y
    pattern.lastIndex = from
    return from + (pattern.exec(this.text)?.[0].length ?? 0)
  }

  /** Whether the line from an offset cannot belong to a value held at a column: something was not closed. */
  isOutside(from: number, column: number): boolean {
    const line = this.text.slice(from, this.lineEnd(from))
    const content = line.trimStart()
    return content !== '' && line.length - content.length <= column && !/^[}\],]/.test(content)
  }

  /** The offset behind the closing quote, or how the text ends before it; `none` where the indentation says that it was forgotten. */
  quoted(start: number, quote: '"' | "'", role: Role): number | Ending {
    for (let at = start + 1; at < this.text.length; at++) {
      const character = this.text[at]
      if (quote === '"' && character === '\\') at++
      else if (character === quote) {
        if (quote === "'" && this.text[at + 1] === "'") at++
        else return at + 1
      } else if (character === '\n' && this.isOutside(at + 1, this.top.column)) {
        this.at = at + 1
        while (this.top.flow) this.frames.pop()
        return none
      }
    }
    return this.finish({kind: 'quoted', start: start + 1, quote, role})
  }

  /** What may follow a value on its line. */
  rest(from: number): Ending {
    const end = this.lineEnd(from)
    this.at = end + 1
    const comment = /^\s+#/.exec(this.text.slice(from, end))
    return comment && this.isEnd(end) ? {kind: 'comment', start: from + comment[0].length - 1} : none
  }
}
