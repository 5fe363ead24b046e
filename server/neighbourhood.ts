import type {Document} from './document/document.ts'
import {baseName} from './document/uri.ts'
import type {Files, Uri} from './model/files.ts'
import type {PathUse} from './model/path.ts'
import type {Problem} from './model/problem.ts'
import type {Environment, FlagFile, Progression} from './model/progression.ts'
import {type Filled, type Surroundings, withSurroundings} from './model/surroundings.ts'
import {flagsOfFile} from './sources/flags/flag-file.ts'
import {type OutdatedField, outdatedFields} from './sources/overlays/outdated-fields.ts'
import {Companions} from './workspace/companions.ts'
import {Lookups} from './workspace/lookups.ts'

/**
 * What lies around progressions and is neither one of their bases nor rendered: whether their paths lead anywhere, their flag files,
 * the kustomizations of their overlays. Reads once, and again only what changed.
 */
export class Neighbourhood implements Surroundings {
  readonly #lookups: Lookups
  readonly #flagFiles: Companions
  readonly #kustomizations: Companions
  #filled = new WeakMap<Progression, Progression>()
  #environments: Filled = new WeakMap()
  readonly #outdated = new WeakMap<Document, readonly OutdatedField[]>()
  #explored = new WeakSet<Progression>()

  constructor(files: Files) {
    this.#lookups = new Lookups(files)
    this.#flagFiles = new Companions(files)
    this.#kustomizations = new Companions(files)
  }

  /** Looks up and reads what is not known yet. Throws only for an aborted signal. */
  async explore(progressions: readonly Progression[], rootOf: () => Promise<Uri>, signal: AbortSignal): Promise<void> {
    for (const progression of progressions) {
      if (this.#explored.has(progression)) continue
      const paths = progression.paths.items
      if (paths.length > 0) {
        const isNews = [
          await this.#lookups.lookUp(paths, await rootOf(), signal),
          await this.#flagFiles.read(flagUris(progression), signal),
          await this.#kustomizations.read(this.#overlays(progression), signal),
        ]
        if (isNews.includes(true)) this.#empty()
      }
      this.#explored.add(progression)
    }
  }

  fill(progression: Progression): Progression {
    const filled = this.#filled.get(progression) ?? withSurroundings(progression, this, this.#environments)
    this.#filled.set(progression, filled)
    return filled
  }

  /** True where a finding of a text may be another now. What stands in a kustomization is told with what it renders to. */
  forget(uri: Uri, kind: 'changed' | 'deleted'): boolean {
    const isText = [this.#lookups.forget(uri, kind), this.#flagFiles.forget(uri)].includes(true)
    if (this.#kustomizations.forget(uri) || isText) {
      this.#empty()
      this.#explored = new WeakSet()
    }
    return isText
  }

  /** What was filled with something that is another now. */
  #empty(): void {
    this.#filled = new WeakMap()
    this.#environments = new WeakMap()
  }

  reads(progression: Progression): readonly Uri[] {
    return [...progression.paths.items.filter(({kind}) => kind !== 'remote').map(({uri}) => uri), ...this.#overlays(progression)]
  }

  /** The documents that places in facts and problems of a progression stand in. */
  documents(progression: Progression): readonly Document[] {
    const flags = flagUris(progression).map(uri => this.#flagFiles.of(uri))
    const overlays = this.#overlays(progression).map(uri => this.#kustomizations.of(uri))
    return [...flags, ...overlays].filter(found => found !== undefined && found !== 'missing')
  }

  lookup(path: PathUse) {
    return this.#lookups.of(path)
  }

  flags(file: FlagFile, environment: Environment) {
    const document = file.uri === undefined ? undefined : this.#flagFiles.of(file.uri)
    return document && document !== 'missing' ? flagsOfFile(document, file.kind, environment, file.at) : undefined
  }

  problems(path: PathUse): readonly Problem[] {
    const uri = this.#lookups.of(path)?.kustomization
    const document = uri === undefined ? undefined : this.#kustomizations.of(uri)
    if (!document || document === 'missing') return []
    const outdated = this.#outdated.get(document) ?? outdatedFields(document)
    this.#outdated.set(document, outdated)
    const [first] = outdated
    if (!first) return []
    const words = outdated.map(({name, instead}) => `${name} (now ${instead})`)
    return [
      {
        code: 'config/deprecated',
        at: path.at,
        message: `${path.path}/${baseName(document.uri)} uses ${words.join(', ')}: Kustomize still reads ${outdated.length === 1 ? 'it' : 'them'} and will stop to. kustomize edit fix rewrites the file.`,
        related: outdated.map(({name, instead, at}) => ({at, message: `${name} is called ${instead} now.`})),
      },
    ]
  }

  #overlays({paths}: Progression): readonly Uri[] {
    return [...new Set(paths.items.flatMap(path => (path.kind === 'overlay' ? (this.#lookups.of(path)?.kustomization ?? []) : [])))]
  }
}

const flagUris = ({environments}: Progression): readonly Uri[] => [
  ...new Set(environments.items.flatMap(({flags}) => (flags.state === 'known' ? flags.value.files.flatMap(({uri}) => uri ?? []) : []))),
]
