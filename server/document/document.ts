import type {Uri} from '../model/files.ts'
import type {BlockId, Place} from '../model/place.ts'
import type {Problem} from '../model/problem.ts'
import type {BlockComment} from './comments.ts'
import {sectionStarts} from './cut.ts'
import {Lines, type Position} from './lines.ts'
import {Pool} from './pool.ts'
import {type Block, type Numbering, readSection, type Section} from './section.ts'
import {unreadSection} from './unread-section.ts'

export type Range = {readonly start: Position; readonly end: Position}
/** `range` left out replaces the whole text. */
export type TextChange = {readonly range?: Range; readonly text: string}

/** Larger files are not read: nobody writes them by hand, and reading one would hold everything else up. UTF-16 units. */
export const largestDocument = 1_500_000

type Sections = readonly {readonly section: Section; readonly offset: number}[]

/**
 * A YAML text as it is at one moment. It is read when somebody asks for what stands in it; an edit gives a new document that
 * keeps every section and block it did not touch.
 */
export class Document {
  readonly uri: Uri
  readonly version: number
  readonly text: string
  readonly lines: Lines
  readonly #numbering: Numbering
  #sections: Sections | undefined
  #reading: Generator<undefined, Sections> | undefined
  #blocks: Map<BlockId, {block: Block; offset: number}> | undefined

  constructor(uri: Uri, version: number, text: string)
  constructor(uri: Uri, version: number, text: string, lines: Lines, sections: Sections | undefined, numbering: Numbering)
  constructor(uri: Uri, version: number, text: string, lines?: Lines, sections?: Sections, numbering: Numbering = {next: 1}) {
    this.uri = uri
    this.version = version
    this.text = text
    this.lines = lines ?? new Lines(text)
    this.#numbering = numbering
    this.#sections = sections
  }

  /** The YAML documents of the text in their order, each with its offset. Reads what was not read yet. */
  get sections(): Sections {
    while (!this.#sections) this.readOn()
    return this.#sections
  }

  /** Reads one block more; true when there is nothing left to read. For who cannot stay away for the whole of a long text. */
  readOn(): boolean {
    if (this.#sections) return true
    this.#reading ??= this.#read(0, this.text.length, [])
    const {done, value} = this.#reading.next()
    if (done) {
      this.#sections = value
      this.#reading = undefined
    }
    return done === true
  }

  /** True where the text is too long to be read; one section then says so. */
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

  /** The comments that speak to this tool, in their order, with the line each stands on. */
  get comments(): readonly (BlockComment & {readonly line: number})[] {
    return this.sections.flatMap(({section, offset}) =>
      section.blocks.flatMap(one => one.block.parsed.comments.map(comment => ({...comment, line: this.lines.lineAt(offset + one.offset + comment.at.start)}))),
    )
  }

  get problems(): readonly Problem[] {
    return this.sections.flatMap(({section}) => section.problems)
  }

  #change({range, text}: TextChange, version: number): Document {
    const start = range ? this.lines.offset(range.start) : 0
    const end = range ? Math.max(start, this.lines.offset(range.end)) : this.text.length
    const next = this.text.slice(0, start) + text + this.text.slice(end)
    const lines = range ? this.lines.edit(next, start, end) : new Lines(next)
    // Nobody asked what stands in it, so nobody will miss the blocks; where reading has begun, it is not begun again.
    const wasRead = this.#sections !== undefined || this.#reading !== undefined
    if (!wasRead || this.tooLarge || next.length > largestDocument) return new Document(this.uri, version, next, lines, undefined, this.#numbering)
    if (range) return this.#splice(next, lines, start, end, version)
    const fresh = new Document(this.uri, version, next, lines, undefined, this.#numbering)
    fresh.#reading = fresh.#read(0, next.length, this.sections)
    return fresh
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
    const read = finish(fresh.#read(from, until, this.sections.slice(first, last + 1)))
    const behind = this.sections.slice(last + 1).map(({section, offset}) => ({section, offset: offset + delta}))
    fresh.#sections = [...this.sections.slice(0, first), ...read, ...behind]
    return fresh
  }

  *#read(from: number, until: number, before: Sections): Generator<undefined, Sections> {
    if (this.tooLarge) {
      const message = `This file is too large to be read: it has more than ${largestDocument / 1e6} million characters.`
      return [{section: unreadSection(this.text, this.uri, this.#numbering, message), offset: 0}]
    }
    const start = from === 0 && this.text.startsWith('\uFEFF') ? 1 : from
    const starts = sectionStarts(this.text, start, until)
    const sections: {section: Section; offset: number}[] = []
    const pool = new Pool(before)
    for (const [index, offset] of starts.entries()) {
      const section = yield* readSection(this.text, offset, starts[index + 1] ?? until, this.uri, this.#numbering, pool)
      sections.push({section, offset})
    }
    return sections
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

function finish<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const {done, value} = steps.next()
    if (done) return value
  }
}
