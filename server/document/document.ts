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

/** One stretch that differs: offsets in the text before, and by how much longer it is now. */
type Difference = {readonly start: number; readonly end: number; readonly delta: number}
type Before = Difference & {readonly sections: Sections}

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
  #before: Before | undefined
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
    this.#reading ??= this.#before ? this.#readChanged(this.#before) : this.#read(0, this.text.length, [])
    const {done, value} = this.#reading.next()
    if (done) {
      this.#sections = value
      this.#reading = undefined
      this.#before = undefined
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
    const changed = new Document(this.uri, version, next, lines, undefined, this.#numbering)
    changed.#before = this.#sectionsBefore({start, end, delta: text.length - (end - start)})
    return changed
  }

  /** What the text after an edit can take over, and where it differs from it. Nothing where nobody has looked at this one. */
  #sectionsBefore({start, end, delta}: Difference): Before | undefined {
    if (this.tooLarge) return undefined
    // Where reading has begun it is finished, so that typing cannot keep a long text from ever being read.
    const read = this.#reading ? this.sections : this.#sections
    if (read) return {sections: read, start, end, delta}
    if (!this.#before) return undefined
    // Several edits that nobody looked between are one, from the first place that differs to the last.
    const before = this.#before
    const last = Math.max(before.end + before.delta, end)
    return {sections: before.sections, start: Math.min(before.start, start), end: last - before.delta, delta: before.delta + delta}
  }

  /** Reads the sections that differ from what was read before; one more on either side where a `---` may have come or gone. */
  *#readChanged({sections, start, end, delta}: Before): Generator<undefined, Sections> {
    if (this.tooLarge) return yield* this.#read(0, this.text.length, [])
    let first = Math.max(
      0,
      sections.findLastIndex(({offset}) => offset <= start),
    )
    if (first > 0 && start < (sections[first]?.offset ?? 0) + 5) first--
    let last = sections.findLastIndex(({offset}) => offset <= end)
    const following = sections[last + 1]
    if (following && end > following.offset - 5) last++
    const from = first === 0 ? 0 : (sections[first]?.offset ?? 0)
    const after = sections[last + 1]
    const until = after ? after.offset + delta : this.text.length
    const read = yield* this.#read(from, until, sections.slice(first, last + 1))
    const behind = sections.slice(last + 1).map(({section, offset}) => ({section, offset: offset + delta}))
    return [...sections.slice(0, first), ...read, ...behind]
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
