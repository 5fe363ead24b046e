import {setTimeout as delay} from 'node:timers/promises'
import type {Analysis} from '../../analysis.ts'
import type {Document} from '../../document/document.ts'
import {folderOf, isWithin} from '../../document/uri.ts'
import type {Uri} from '../../model/files.ts'
import {type Log, messageOf, Outdated} from '../answer.ts'
import {type Edit, editBetween} from '../edit.ts'
import {type Library, readAll} from '../library.ts'
import {Turn} from '../turn.ts'
import {type Located, locate, sameFindings, shift} from './located.ts'

/** Milliseconds a text has to rest at most before it is rendered. */
const longestRest = 300

/** What is known of one document, open or not. */
type Entry = {
  /** Counts every change of the text. */
  text: number
  /** Counts every change of what rendering found. */
  rendered: number
  /** What rendering found last, moved with the text since. */
  kept: readonly Located[]
  /** Files and folders the last rendering read. */
  reads: readonly Uri[]
  /** Something that rendering depends on changed since it was last begun. */
  stale: boolean
  /** Edits since the rendering under way took its copy of the text. */
  since: Edit[] | undefined
  /** When something that rendering depends on changed last, and how long the last rendering took. Milliseconds. */
  changedAt: number
  took: number
  /** The text that `kept` speaks of, where the document was replaced since and nobody said how. */
  before: string | undefined
}

export type Report = {readonly id: string; readonly document: Document; readonly findings: readonly Located[]}

export type ReportsOptions = {
  readonly analysis: Analysis
  readonly library: Library
  readonly log: Log
  /** What rendering found in a document is another now; `undefined` where anything may be. */
  readonly changed: (uri: Uri | undefined) => void
  /** The files that renderings read are others now. */
  readonly readsChanged: () => void
}

/**
 * Findings of every document. Those of the text are made fresh at each question; those of rendering are the last ones, and a
 * rendering behind the answer brings newer ones.
 */
export class Reports {
  readonly #options: ReportsOptions
  readonly #entries = new Map<Uri, Entry>()
  /** Result identifiers of an earlier server must not match. */
  readonly #session = Date.now().toString(36)
  readonly #stop = new AbortController()
  /** Counts what concerns every document: settings, bases. */
  #world = 0
  /** Closed documents are rendered one after the other, so that thousands of them do not crowd out the open ones. */
  #closedQueue: Promise<void> = Promise.resolve()

  constructor(options: ReportsOptions) {
    this.#options = options
  }

  /** Identifies what {@link report} would say, without making it. */
  idOf(uri: Uri): string | undefined {
    const entry = this.#entries.get(uri)
    return entry && this.#id(entry)
  }

  /** Everything known now, or undefined where the document is none of ours. Throws {@link Outdated} where the text changed meanwhile. */
  async report(uri: Uri, signal: AbortSignal): Promise<Report | undefined> {
    const {library, analysis} = this.#options
    const document = await library.ours(uri, signal)
    if (!document) {
      this.#entries.delete(uri)
      return undefined
    }
    const entry = this.#entry(uri)
    const text = entry.text
    const turn = new Turn()
    await readAll(document, turn, signal)
    await analysis.prepare(document, signal)
    for (const _ of analysis.steps(document)) if (turn.due) await turn.pause(signal)
    await turn.pause(signal)
    if (entry.text !== text || (library.isOpen(uri) && library.opened(uri) !== document)) throw new Outdated()
    if (entry.before !== undefined) {
      if (entry.kept.length > 0 && entry.before !== document.text) entry.kept = shift(entry.kept, uri, editBetween(entry.before, document.text))
      entry.before = undefined
    }
    const findings = [...locate(document, analysis.textFindings(document), analysis.lookupOf(document)), ...entry.kept]
    const id = this.#id(entry)
    if (entry.stale && !document.tooLarge) this.#renderBehind(uri, entry)
    return {id, document, findings: findings.sort((one, other) => one.start - other.start)}
  }

  /** The text of an open document changed. */
  edited(uri: Uri, edit: Edit): void {
    const entry = this.#entries.get(uri)
    if (!entry) return
    entry.text++
    entry.stale = true
    entry.changedAt = performance.now()
    entry.since?.push(edit)
    // Until somebody asked, what is kept speaks of a text before this one, and an edit of this one says nothing about it.
    if (entry.before === undefined) entry.kept = shift(entry.kept, uri, edit)
  }

  /** A document was opened, closed or changed on disk. `before` is its text until then, where it is known, so that what rendering found can stay. */
  replaced(uri: Uri, before: string | undefined): void {
    const entry = this.#entries.get(uri)
    if (!entry) return
    // A new object: a rendering under way is of a text that is gone, and sees by this that nobody wants it.
    const kept = before === undefined ? [] : entry.kept
    this.#entries.set(uri, {...entry, text: entry.text + 1, rendered: entry.rendered + 1, kept, stale: true, since: undefined, before: entry.before ?? before})
  }

  /** A file or folder is gone, with every document in it. */
  removed(uri: Uri): void {
    for (const one of [...this.#entries.keys()]) if (isWithin(one, uri)) this.replaced(one, undefined)
  }

  /** Renders again every document whose last rendering read the file, or looked into a folder around it. */
  fileChanged(file: Uri): void {
    for (const [uri, entry] of this.#entries) {
      if (!entry.reads.some(read => isWithin(file, read) || file === read || folderOf(read) === folderOf(file))) continue
      entry.stale = true
      entry.changedAt = performance.now()
      this.#renderBehind(uri, entry)
    }
  }

  /** Settings or something else behind every document changed. */
  everythingChanged(): void {
    this.#world++
    for (const entry of this.#entries.values()) entry.stale = true
    this.#options.changed(undefined)
  }

  forget(uri: Uri): void {
    this.#entries.delete(uri)
  }

  /** Files and folders that renderings read, for watching them. */
  reads(): ReadonlySet<Uri> {
    return new Set([...this.#entries.values()].flatMap(entry => entry.reads))
  }

  dispose(): void {
    this.#stop.abort()
  }

  #entry(uri: Uri): Entry {
    let entry = this.#entries.get(uri)
    if (!entry) {
      entry = {text: 0, rendered: 0, kept: [], reads: [], stale: true, since: undefined, changedAt: 0, took: 0, before: undefined}
      this.#entries.set(uri, entry)
    }
    return entry
  }

  #id(entry: Entry): string {
    return `${this.#session}.${this.#world}.${entry.text}.${entry.rendered}`
  }

  /** One rendering a document at a time; what changes meanwhile is one more behind it. */
  #renderBehind(uri: Uri, entry: Entry): void {
    if (entry.since) return
    entry.since = []
    const run = async (): Promise<void> => {
      try {
        while (entry.stale && !this.#stop.signal.aborted && this.#entries.get(uri) === entry) {
          await rested(entry)
          entry.stale = false
          const began = performance.now()
          await this.#render(uri, entry)
          entry.took = performance.now() - began
        }
      } catch (error) {
        if (!this.#stop.signal.aborted) this.#options.log(`Rendering for ${uri} failed: ${messageOf(error)}`)
      } finally {
        entry.since = undefined
      }
    }
    if (this.#options.library.isOpen(uri)) setImmediate(() => void run())
    else this.#closedQueue = this.#closedQueue.then(run)
  }

  async #render(uri: Uri, entry: Entry): Promise<void> {
    const {library, analysis, changed, readsChanged} = this.#options
    const signal = this.#stop.signal
    entry.since = []
    const document = await library.ours(uri, signal)
    if (!document) return
    const turn = new Turn()
    await readAll(document, turn, signal)
    await analysis.prepare(document, signal)
    for (const _ of analysis.steps(document)) if (turn.due) await turn.pause(signal)
    const renderings = await analysis.render(document, signal)
    await turn.pause(signal)
    if (this.#entries.get(uri) !== entry) return
    const reads = [...new Set([...analysis.reads(document), ...[...renderings.values()].flatMap(rendering => rendering.read)])].sort()
    if (reads.join('\n') !== entry.reads.join('\n')) {
      entry.reads = reads
      readsChanged()
    }
    const made = locate(document, analysis.renderedFindings(document, renderings), analysis.lookupOf(document))
    const kept = (entry.since ?? []).reduce<readonly Located[]>((findings, edit) => shift(findings, uri, edit), made)
    if (sameFindings(kept, entry.kept)) return
    entry.kept = kept
    entry.rendered++
    changed(uri)
  }
}

/** No answer waits for a rendering, but it takes a processor that the next key stroke needs: the longer the last one took, the longer the text has to rest. */
async function rested(entry: Entry): Promise<void> {
  for (;;) {
    const left = entry.changedAt + Math.min(longestRest, 2 * entry.took) - performance.now()
    if (left <= 0) return
    await delay(left, undefined, {ref: false})
  }
}
