import type {Document} from '../../document/document.ts'
import type {Block} from '../../document/section.ts'
import {type Frame, type Met, type Path, pathId, pathOf} from './frame.ts'
import {type Scan, type Start, scan} from './scan.ts'
import type {Ending, Role} from './tape.ts'

/** Offsets in the document. */
export type Span = {readonly start: number; readonly end: number}

export type Quote = '"' | "'" | undefined

/** What could be written at an offset. `span` is what is there already, quotes left out. */
export type Cursor = {
  /** Which YAML document of the file, counted from 0. */
  readonly section: number
  readonly span: Span
  readonly quote: Quote
  /** In braces or brackets. */
  readonly flow: boolean
  /** Column at which further lines of what is written here begin. */
  readonly column: number
} & (
  | /** A key of the map at `path`. */ {readonly kind: 'key'; readonly path: Path /** A colon follows. */; readonly colon: boolean}
  /** The value at `path`, behind its key, or `below` it on a line of its own; `gap` where a space is wanting before it. */
  | {readonly kind: 'value'; readonly path: Path; readonly below: boolean; readonly gap: boolean}
  /** The item at `path`, of which the last step is its index. */
  | {readonly kind: 'item'; readonly path: Path /** What has to be written before it. */; readonly before: '' | ' ' | '- '; readonly below: boolean}
  /** Among the lines of a block scalar at `path`. */
  | {readonly kind: 'text'; readonly path: Path}
  | {readonly kind: 'comment'}
)

/** What could be written at an offset: nothing, one thing, or several where the indentation does not decide. Works on text that does not parse. */
export function cursorsAt(document: Document, offset: number): readonly Cursor[] {
  const region = regionAt(document, offset)
  if (!region) return []
  const {frames, ending} = scan(document.text.slice(region.from, offset), region.start)
  return new Reader(document, offset, region, frames).cursors(ending)
}

/** Keys of the map, or plain items of the list, at a path around an offset; those behind the offset too. */
export function presentAt(document: Document, offset: number, path: Path): readonly Met[] {
  const region = regionAt(document, offset)
  if (!region) return []
  const id = pathId(path)
  const {met} = scanOf(document, region)
  return met
    .filter(one => one.path === id)
    .map(one => ({...one, start: one.start + region.from, end: one.end + region.from}))
    .filter(one => !(one.start <= offset && offset <= one.end))
}

/** The part of the text that decides: the entry around an offset, or the top-level key. */
type Region = {readonly section: number; readonly from: number; readonly until: number; readonly start: Start; readonly block: Block}

const scans = new WeakMap<Block, Map<string, Scan>>()

/** The whole of a region, kept as long as its block. */
function scanOf(document: Document, {block, from, until, start}: Region): Scan {
  const kept = scans.get(block) ?? new Map<string, Scan>()
  scans.set(block, kept)
  const id = `${start.key}/${start.items}`
  const found = kept.get(id) ?? scan(document.text.slice(from, until), start)
  kept.set(id, found)
  return found
}

function regionAt(document: Document, offset: number): Region | undefined {
  const section = document.sections.findLastIndex(one => one.offset <= offset)
  const found = document.sections[section]
  if (!found) return undefined
  const {blocks} = found.section
  let index = blocks.findLastIndex(one => found.offset + one.offset <= offset)
  const one = blocks[index]
  if (!one) return undefined
  const region = {section, from: found.offset + one.offset, until: found.offset + one.offset + one.block.text.length, block: one.block}
  if (one.block.kind !== 'entry') return {...region, start: {}}
  let items = 0
  while (index > 0 && blocks[--index]?.block.kind === 'entry') if (/^\s*-(\s|$)/.test(blocks[index]?.block.text ?? '')) items++
  const key = /^([^\s#:][^:\n]*):/m.exec(blocks[index]?.block.text ?? '')?.[1]
  return {...region, start: {key, items}}
}

/** Makes of an ending what may be written there. */
class Reader {
  readonly #document: Document
  readonly #offset: number
  readonly #region: Region
  readonly #frames: readonly Frame[]

  constructor(document: Document, offset: number, region: Region, frames: readonly Frame[]) {
    this.#document = document
    this.#offset = offset
    this.#region = region
    this.#frames = frames
  }

  cursors(ending: Ending): readonly Cursor[] {
    const {section, from} = this.#region
    const top = this.#frames.at(-1)
    const flow = top?.flow === true
    const common = {section, flow, quote: undefined, column: (top?.column ?? 0) + 2}
    switch (ending.kind) {
      case 'none':
        return []
      case 'comment':
        return [{...common, kind: 'comment', span: {start: from + ending.start, end: this.#offset}}]
      case 'text':
        return [{...common, kind: 'text', path: pathOf(this.#frames), span: {start: from + ending.start, end: this.#offset}}]
      case 'first':
        return this.#first(from + ending.start, ending.column, ending.dash)
      case 'tight':
        if (ending.after === 'dash') return [this.#item(this.#frames, this.#offset, ending.column + 2, ' ')]
        return [{...common, kind: 'value', path: pathOf(this.#frames), span: this.#here(), below: false, gap: true}]
      case 'value':
        return [{...common, kind: 'value', path: pathOf(this.#frames), span: this.#plain(from + ending.start), below: false, gap: false}]
      case 'quoted':
        return [this.#role(ending.role, this.#quoted(from + ending.start, ending.quote), ending.quote)]
      case 'flow':
        return [this.#role(ending.role, this.#plain(from + ending.start), undefined)]
    }
  }

  #role(role: Role, span: Span, quote: Quote): Cursor {
    const frames = this.#frames
    const top = frames.at(-1)
    const common = {section: this.#region.section, span, quote, flow: top?.flow === true, column: (top?.column ?? 0) + 2}
    if (role === 'value') return {...common, kind: 'value', path: pathOf(frames), below: false, gap: false}
    if (role === 'item') return {...common, kind: 'item', path: pathOf(frames), before: '', below: false}
    const word = quote ? span : this.#word(span.start)
    return {...common, kind: 'key', span: word, path: pathOf(frames.slice(0, -1)), colon: this.#colonBehind(word.end + (quote ? 1 : 0))}
  }

  /** At the first word of a line: the column says what it belongs to. */
  #first(start: number, column: number, dash: boolean): readonly Cursor[] {
    if (dash) return [this.#item(this.#frames, start, column, '')]
    const depth = this.#frames.findLastIndex((frame, index) => index === 0 || frame.column <= column)
    const frames = this.#frames.slice(0, depth + 1)
    const top = frames.at(-1)
    const holder = frames.at(-2)
    if (!top || top.flow) return []
    const {section} = this.#region
    const common = {section, quote: undefined, flow: false, column}
    const key = (of: readonly Frame[]): Cursor => {
      const span = this.#word(start)
      return {...common, kind: 'key', path: pathOf(of.slice(0, -1)), span, colon: this.#colonBehind(span.end)}
    }
    if (top.column < column) {
      if (top.valued) return []
      const path = pathOf(frames)
      return top.kind === 'list'
        ? [{...common, kind: 'item', path, span: this.#plain(start), before: '', below: true}]
        : [{...common, kind: 'value', path, span: this.#plain(start), below: true, gap: false}]
    }
    if (top.kind === 'list') {
      const next = this.#next(frames, start, column + 2)
      return holder?.kind === 'map' && holder.column === column ? [key(frames.slice(0, -1)), next] : [next]
    }
    // A list may stand at the column of its own key.
    const begun = top.key !== undefined && !top.valued
    return begun ? [key(frames), {...common, kind: 'value', path: pathOf(frames), span: this.#plain(start), below: true, gap: false}] : [key(frames)]
  }

  #item(frames: readonly Frame[], start: number, column: number, before: '' | ' '): Cursor {
    const {section} = this.#region
    return {kind: 'item', section, flow: false, quote: undefined, column, path: pathOf(frames), span: this.#plain(start), before, below: false}
  }

  /** One more item of the list that is the last frame. */
  #next(frames: readonly Frame[], start: number, column: number): Cursor {
    const {section} = this.#region
    const path = [...pathOf(frames.slice(0, -1)), (frames.at(-1)?.index ?? -1) + 1]
    return {kind: 'item', section, flow: false, quote: undefined, column, path, span: this.#plain(start), before: '- ', below: false}
  }

  #here(): Span {
    return {start: this.#offset, end: this.#offset}
  }

  /** From a start over the offset to the end of the word. */
  #word(start: number): Span {
    const pattern = /[\w./$@-]*/y
    pattern.lastIndex = this.#offset
    return {start, end: this.#offset + (pattern.exec(this.#document.text)?.[0].length ?? 0)}
  }

  #plain(start: number): Span {
    const flow = this.#frames.at(-1)?.flow === true
    const pattern = flow ? /(?:\$\{[^{}\n]*\}|[^\s,[\]{}:#]|:(?=[^\s,[\]{}])|(?<=\S)#|[ \t]+(?=[^\s#,[\]{}]))*/y : /(?:[^\s]|[ \t]+(?=[^\s#]))*/y
    pattern.lastIndex = this.#offset
    const length = pattern.exec(this.#document.text)?.[0].length ?? 0
    return {start: Math.min(start, this.#offset), end: this.#offset + length}
  }

  #quoted(start: number, quote: '"' | "'"): Span {
    const line = /[^\r\n]*/y
    line.lastIndex = this.#offset
    const rest = line.exec(this.#document.text)?.[0] ?? ''
    const close = rest.indexOf(quote)
    return {start, end: this.#offset + Math.max(0, close)}
  }

  #colonBehind(end: number): boolean {
    return /^[ \t]*:/.test(this.#document.text.slice(end, end + 20))
  }
}
