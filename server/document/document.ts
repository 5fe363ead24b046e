import type {Uri} from '../model/files.ts'
import type {BlockId, Place} from '../model/place.ts'
import type {Problem} from '../model/problem.ts'
import {sectionStarts} from './cut.ts'
import {Lines, type Position} from './lines.ts'
import {type Block, type Numbering, readSection, type Section} from './section.ts'

export type Range = {readonly start: Position; readonly end: Position}
/** `range` left out replaces the whole text. */
export type TextChange = {readonly range?: Range; readonly text: string}

/** Larger files are not read: nobody writes them by hand, and reading one would hold everything else up. UTF-16 units. */
export const largestDocument = 1_500_000

/** A YAML text as it is at one moment. An edit gives a new document that keeps every section and block it did not touch. */
export class Document {
  readonly uri: Uri
  readonly version: number
  readonly text: string
  readonly lines: Lines
  /** The YAML documents of the text in their order, each with its offset. */
  readonly sections: readonly {readonly section: Section; readonly offset: number}[]
  readonly #numbering: Numbering
  #blocks: Map<BlockId, {block: Block; offset: number}> | undefined

  constructor(uri: Uri, version: number, text: string)
  constructor(uri: Uri, version: number, text: string, lines: Lines, sections: Document['sections'], numbering: Numbering)
  constructor(uri: Uri, version: number, text: string, lines?: Lines, sections?: Document['sections'], numbering: Numbering = {next: 1}) {
    this.uri = uri
    this.version = version
    this.text = text
    this.lines = lines ?? new Lines(text)
    this.#numbering = numbering
    this.sections = sections ?? this.#read(0, text.length, [])
  }

  /** True where the text is too long to be read; there are no sections then. */
  get tooLarge(): boolean {
    return this.text.length > largestDocument
  }

  /** The document after the changes, applied in order as LSP sends them. */
  edit(changes: readonly TextChange[], version: number): Document {
    return changes.reduce<Document>((document, change) => document.#change(change, version), this)
  }

  /** Offset in the text of the start of a place, or undefined where its block is gone. */
  offset(place: Place): number | undefined {
    const found = this.#blockMap().get(place.block)
    return found && found.offset + place.start
  }

  /** Range of a place, or undefined where its block is gone. */
  range(place: Place): Range | undefined {
    const start = this.offset(place)
    if (start === undefined) return undefined
    return {start: this.lines.position(start), end: this.lines.position(start + place.end - place.start)}
  }

  /** The place of a stretch of text: in the block that holds its start, cut off at that block's end. */
  placeAt(start: number, end: number = start): Place | undefined {
    const {section, offset} = this.sections.findLast(one => one.offset <= start) ?? {}
    if (!section || offset === undefined) return undefined
    const found = section.blocks.findLast(one => offset + one.offset <= start)
    if (!found) return undefined
    const base = offset + found.offset
    return {document: this.uri, block: found.block.id, start: start - base, end: Math.min(end - base, found.block.text.length)}
  }

  /** The text a place covers; empty where its block is gone. */
  textOf(place: Place): string {
    return this.#blockMap().get(place.block)?.block.text.slice(place.start, place.end) ?? ''
  }

  get problems(): readonly Problem[] {
    return this.sections.flatMap(({section}) => section.problems)
  }

  #change({range, text}: TextChange, version: number): Document {
    const start = range ? this.lines.offset(range.start) : 0
    const end = range ? Math.max(start, this.lines.offset(range.end)) : this.text.length
    const next = this.text.slice(0, start) + text + this.text.slice(end)
    const lines = range ? this.lines.edit(next, start, end) : new Lines(next)
    const wasRead = !this.tooLarge && this.sections.length > 0
    if (!range || !wasRead || next.length > largestDocument) {
      const fresh = new Document(this.uri, version, next, lines, [], this.#numbering)
      return new Document(this.uri, version, next, lines, fresh.#read(0, next.length, range ? [] : this.sections), this.#numbering)
    }
    return this.#splice(next, lines, start, end, version)
  }

  /** Reads again the sections an edit touches; one more on either side where a `---` may have come or gone. */
  #splice(text: string, lines: Lines, start: number, end: number, version: number): Document {
    const delta = text.length - this.text.length
    let first = this.sections.findLastIndex(({offset}) => offset <= start)
    if (first > 0 && start < (this.sections[first]?.offset ?? 0) + 5) first--
    let last = this.sections.findLastIndex(({offset}) => offset <= end)
    const following = this.sections[last + 1]
    if (following && end > following.offset - 5) last++
    const from = this.sections[first]?.offset ?? 0
    const after = this.sections[last + 1]
    const until = after ? after.offset + delta : text.length
    const fresh = new Document(this.uri, version, text, lines, [], this.#numbering)
    const read = fresh.#read(from, until, this.sections.slice(first, last + 1))
    const behind = this.sections.slice(last + 1).map(({section, offset}) => ({section, offset: offset + delta}))
    return new Document(this.uri, version, text, lines, [...this.sections.slice(0, first), ...read, ...behind], this.#numbering)
  }

  #read(from: number, until: number, before: Document['sections']): Document['sections'] {
    if (this.tooLarge) return []
    const start = from === 0 && this.text.startsWith('\uFEFF') ? 1 : from
    const starts = sectionStarts(this.text, start, until)
    return starts.map((offset, index) => ({
      section: readSection(this.text, offset, starts[index + 1] ?? until, this.uri, this.#numbering, before[Math.min(index, before.length - 1)]?.section),
      offset,
    }))
  }

  #blockMap(): Map<BlockId, {block: Block; offset: number}> {
    if (!this.#blocks) {
      this.#blocks = new Map()
      for (const {section, offset} of this.sections)
        for (const one of section.blocks) this.#blocks.set(one.block.id, {block: one.block, offset: offset + one.offset})
    }
    return this.#blocks
  }
}
