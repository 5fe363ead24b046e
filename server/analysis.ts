import {Document} from './document/document.ts'
import type {Section} from './document/section.ts'
import type {Files, Uri} from './model/files.ts'
import type {Finding} from './model/finding.ts'
import type {Renderer, Rendering} from './model/manifests.ts'
import type {Level, Progression, Tier} from './model/progression.ts'
import {type Renderings, targetKey, withRenderings} from './model/rendering.ts'
import {Neighbourhood} from './neighbourhood.ts'
import {type Checked, Checker} from './rules/checker.ts'
import {rules} from './rules/index.ts'
import {Scripts} from './scripts/scripts.ts'
import type {GrammarFiles} from './scripts/shell/grammar.ts'
import type {Reading} from './sources/progression/read.ts'
import {type Base, type Bases, extendsOf, isProgression, readSection} from './sources/progression/source.ts'

/** What a user chose, from settings or the command line. */
export type Settings = {
  readonly levels: ReadonlyMap<string, Level>
  readonly environmentNames: Readonly<Record<string, Tier>>
  readonly kubernetesVersion?: string
  readonly rendering: boolean
}

export const usualSettings: Settings = {levels: new Map(), environmentNames: {}, rendering: true}

export type AnalysisOptions = {
  readonly files: Files
  /** Absent: every environment's manifests stay unknown. */
  readonly renderer?: Renderer
  /** Absent: what scripts say stays unknown. */
  readonly grammar?: GrammarFiles
  /** The Git work tree a document lies in, or its workspace folder. */
  readonly rootOf: (document: Uri) => Promise<Uri>
  readonly log: (message: string) => void
  readonly settings: () => Settings
}

const isRendered = (code: string): boolean => rules[code as keyof typeof rules]?.needs === 'manifests' || code === 'config/rendering'
const textCodes = new Set(Object.keys(rules).filter(code => !isRendered(code)))
/** A comment that silences a rule about manifests is unused only when that rule could judge. */
const renderedCodes = new Set([...Object.keys(rules).filter(isRendered), 'config/unused-suppression'])

/**
 * From documents to findings. Everything is synchronous but reading bases and rendering; what is read of a section is kept
 * for as long as the section is the same, so a key stroke reads one section again.
 */
export class Analysis {
  readonly #options: AnalysisOptions
  readonly #checker: Checker
  readonly #bases = new Map<Uri, Base>()
  readonly #neighbourhood: Neighbourhood
  readonly #scripts: Scripts | undefined
  #readings = new WeakMap<Section, {index: number; names: Settings['environmentNames']; reading: Reading | undefined}>()

  constructor(options: AnalysisOptions) {
    this.#options = options
    this.#checker = new Checker(options.log)
    this.#neighbourhood = new Neighbourhood(options.files)
    this.#scripts = options.grammar && new Scripts(options.files, options.grammar, options.log)
  }

  accepts(document: Document): boolean {
    return isProgression(document)
  }

  /**
   * Reads what the document extends and the scripts it runs, and looks up what its paths lead to; until then what it inherits, what a
   * script says, and whether a file is there, is unknown. Cheap where there is nothing new.
   */
  async prepare(document: Document, signal: AbortSignal): Promise<void> {
    const wanted = [document]
    for (let next = wanted.pop(); next; next = wanted.pop()) {
      for (const {section} of next.sections) {
        const named = extendsOf(section, next.uri)
        if (!named || this.#bases.has(named.uri)) continue
        const bytes = await this.#options.files.read(named.uri, signal)
        const base: Base = bytes ? {state: 'read', document: new Document(named.uri, 0, new TextDecoder().decode(bytes))} : {state: 'missing'}
        this.#bases.set(named.uri, base)
        this.#readings = new WeakMap()
        if (base.state === 'read') wanted.push(base.document)
      }
    }
    const progressions = this.readings(document).map(({progression}) => progression)
    const rootOf = () => this.#options.rootOf(document.uri)
    await this.#neighbourhood.explore(progressions, rootOf, signal)
    await this.#scripts?.explore(progressions, rootOf, signal)
  }

  /** A file changed on disk or in a buffer, or is gone: what was read of it is read again. True where findings of a text may be others now. */
  forget(uri: Uri, kind: 'changed' | 'deleted' = 'changed'): boolean {
    const isAround = [this.#neighbourhood.forget(uri, kind), this.#scripts?.forget(uri)].includes(true)
    if (!this.#bases.delete(uri)) return isAround
    this.#readings = new WeakMap()
    return true
  }

  /** Files and folders beside the document that its findings depend on, renderings aside; those that are missing too. */
  reads(document: Document): readonly Uri[] {
    const extended = [document, ...this.#basesOf(document).values()].flatMap(one => one.sections.flatMap(({section}) => extendsOf(section, one.uri)?.uri ?? []))
    return [...extended, ...this.progressions(document).flatMap(progression => this.#neighbourhood.reads(progression))]
  }

  /** What each section says, in order; sections with nothing but comments are left out. */
  readings(document: Document): readonly Reading[] {
    return document.sections.flatMap(({section}, index) => this.#reading(document, section, index) ?? [])
  }

  /** Linked and filled as far as files were read; the same objects until something they were made from changes. */
  progressions(document: Document): readonly Progression[] {
    return this.readings(document).map(({progression}) => this.#neighbourhood.fill(this.#scripts?.fill(progression) ?? progression))
  }

  /** Findings of the rules that need no rendering. */
  textFindings(document: Document): readonly Finding[] {
    return this.#check(document, this.progressions(document), textCodes).findings
  }

  /** The same work, a YAML document a step, so that others can be let in between; {@link textFindings} has little left to do then. */
  *steps(document: Document): Generator<undefined> {
    const settings = this.#options.settings().levels
    for (const [index, {section}] of document.sections.entries()) {
      const reading = this.#reading(document, section, index)
      yield
      if (!reading) continue
      this.#checker.check({progressions: [reading.progression], documents: new Map(), settings, only: textCodes})
      yield
    }
  }

  /** Renders every target whose manifests are known. Never throws but for an aborted signal. */
  async render(document: Document, signal: AbortSignal): Promise<Renderings> {
    const {files, renderer, rootOf, settings} = this.#options
    const renderings = new Map<string, Rendering>()
    const {rendering, kubernetesVersion} = settings()
    if (!renderer || !rendering) return renderings
    const root = await rootOf(document.uri)
    for (const progression of this.progressions(document)) {
      for (const environment of progression.environments.items) {
        for (const target of environment.targets.items) {
          if (target.manifests.state !== 'known') continue
          const request = {sources: target.manifests.value, root, files, kubernetesVersion}
          renderings.set(targetKey(progression, environment, target), await renderer.render(request, signal))
        }
      }
    }
    return renderings
  }

  /** Findings of the rules that read manifests. */
  renderedFindings(document: Document, renderings: Renderings): readonly Finding[] {
    const progressions = this.progressions(document).map(progression => withRenderings(progression, renderings))
    return this.#check(document, progressions, renderedCodes).findings
  }

  /** Everything at once, for the command line: findings, and what comments silenced. */
  check(document: Document, renderings: Renderings, only?: ReadonlySet<string>): Checked {
    return this.#check(
      document,
      this.progressions(document).map(progression => withRenderings(progression, renderings)),
      only,
    )
  }

  /** A document that others extend, as their places mean it; undefined before anybody asked for it. */
  baseAt(uri: Uri): Document | undefined {
    const base = this.#bases.get(uri)
    return base?.state === 'read' ? base.document : undefined
  }

  /** Every document that places of this one's findings may stand in, itself first. */
  documents(document: Document): ReadonlyMap<Uri, Document> {
    const around = this.readings(document).flatMap(({progression}) => [
      ...this.#neighbourhood.documents(progression),
      ...(this.#scripts?.documents(progression) ?? []),
    ])
    return new Map([[document.uri, document], ...this.#basesOf(document), ...around.map(one => [one.uri, one] as const)])
  }

  /** The same by address, found when somebody asks. */
  lookupOf(document: Document): (uri: Uri) => Document | undefined {
    let found: ReadonlyMap<Uri, Document> | undefined
    return uri => {
      found ??= this.documents(document)
      return found.get(uri)
    }
  }

  /** The documents it extends, at any distance. */
  #basesOf(document: Document, found = new Map<Uri, Document>()): Map<Uri, Document> {
    for (const {section} of document.sections) {
      const base = this.baseAt(extendsOf(section, document.uri)?.uri ?? '')
      if (!base || found.has(base.uri)) continue
      found.set(base.uri, base)
      this.#basesOf(base, found)
    }
    return found
  }

  #reading(document: Document, section: Section, index: number): Reading | undefined {
    const names = this.#options.settings().environmentNames
    const kept = this.#readings.get(section)
    if (kept && kept.index === index && kept.names === names) return kept.reading
    const reading = readSection(document, section, index, this.#lookup, names)
    this.#readings.set(section, {index, names, reading})
    return reading
  }

  #check(document: Document, progressions: readonly Progression[], only: ReadonlySet<string> | undefined): Checked {
    return this.#checker.check({progressions, documents: this.documents(document), settings: this.#options.settings().levels, only})
  }

  readonly #lookup: Bases = uri => this.#bases.get(uri) ?? {state: 'unread'}
}
