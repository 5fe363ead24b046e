import {type Node, pairOf, valueAt, walk} from '../../document/node.ts'
import {resolveUri} from '../../document/uri.ts'
import {knownValue} from '../../model/fact.ts'
import type {Uri} from '../../model/files.ts'
import type {Path} from '../cursor/frame.ts'
import {type Candidate, kinds, snippetText} from './candidate.ts'
import {type CompletionPlace, presentNames} from './place.ts'
import {scalarText} from './yaml-text.ts'

/** Files read for one answer; what lies deeper is typed by hand. */
const most = 40

type Found = {readonly images: Set<string>; readonly services: Set<string>}

/** Images and services that the manifests speak of, for the places that take one. */
export async function manifestCandidates(place: CompletionPlace, path: Path, signal: AbortSignal): Promise<readonly Candidate[]> {
  const {request, cursor} = place
  const wanted = path[0] === 'images' ? 'images' : path.at(-1) === 'service' && path.includes('smoke') ? 'services' : undefined
  if (!wanted) return []
  const present = wanted === 'images' ? presentNames(place, path.slice(0, -1)) : new Set<string>()
  const found = await new Reader(place, signal).read()
  return [...found[wanted]]
    .filter(name => !present.has(name))
    .map(name => ({
      label: name,
      kind: kinds.reference,
      snippet: snippetText(scalarText(name, cursor.flow, cursor.quote)),
      detail: 'in the manifests',
      documentation: request.schemaAt(path)?.description,
      rank: 1,
    }))
}

/** Looks at the files as they lie there; nothing is rendered for a completion. */
class Reader {
  readonly #place: CompletionPlace
  readonly #signal: AbortSignal
  readonly #seen = new Set<Uri>()
  readonly #found: Found = {images: new Set(), services: new Set()}

  constructor(place: CompletionPlace, signal: AbortSignal) {
    this.#place = place
    this.#signal = signal
  }

  async read(): Promise<Found> {
    const {request, cursor} = this.#place
    const progression = request.progressions.find(({index}) => index === cursor.section)
    for (const environment of progression?.environments.items ?? [])
      for (const target of environment.targets.items)
        for (const source of knownValue(target.manifests) ?? []) await this.#folder(source.kind === 'helm' ? source.chart : source.folder)
    return this.#found
  }

  async #folder(folder: Uri): Promise<void> {
    if (this.#seen.has(folder) || this.#seen.size >= most) return
    this.#seen.add(folder)
    const entries = (await this.#place.request.around.files.list(folder, this.#signal)) ?? []
    for (const {name, kind} of entries) if (kind === 'file' && /\.ya?ml$|^Kustomization$/.test(name)) await this.#file(resolveUri(folder, name), folder)
  }

  async #file(uri: Uri, folder: Uri): Promise<void> {
    if (this.#seen.has(uri) || this.#seen.size >= most) return
    this.#seen.add(uri)
    const bytes = await this.#place.request.around.files.read(uri, this.#signal)
    if (!bytes) return
    // Loaded here, because features are loaded before the client is answered for the first time, and the YAML reader is large.
    const {Document} = await import('../../document/document.ts')
    for (const {section} of new Document(uri, 0, new TextDecoder().decode(bytes)).sections) {
      const {root} = section
      if (!root) continue
      this.#images(root)
      this.#service(root)
      for (const next of [...texts(pairOf(root, 'resources')?.value), ...texts(pairOf(root, 'bases')?.value)])
        if (!next.includes('://')) await this.#next(resolveUri(folder, next), folder)
    }
  }

  /** A resource is a file or another folder; only trying tells. */
  async #next(uri: Uri, folder: Uri): Promise<void> {
    if (/\.ya?ml$/.test(uri)) await this.#file(uri, folder)
    else await this.#folder(uri)
  }

  #images(root: Node): void {
    const replaced = pairOf(root, 'images')?.value
    for (const item of replaced?.kind === 'sequence' ? replaced.items : []) this.#add(text(pairOf(item, 'name')?.value))
    for (const node of walk(root)) if (node.kind === 'mapping' && pairOf(node, 'name') !== undefined) this.#add(text(pairOf(node, 'image')?.value))
    this.#add(text(valueAt(root, 'image', 'repository')))
  }

  #add(image: string | undefined): void {
    if (image && !/[{$]/.test(image)) this.#found.images.add(image.replace(/@.*$/, '').replace(/:[^/:]*$/, ''))
  }

  #service(root: Node): void {
    const name = text(pairOf(root, 'kind')?.value) === 'Service' ? text(valueAt(root, 'metadata', 'name')) : undefined
    const ports = valueAt(root, 'spec', 'ports')
    for (const port of name && ports?.kind === 'sequence' ? ports.items : []) {
      const said = text(pairOf(port, 'name')?.value) ?? text(pairOf(port, 'port')?.value)
      if (said) this.#found.services.add(`${name}:${said}`)
    }
  }
}

const text = (node: Node | undefined): string | undefined => (node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined)

const texts = (node: Node | undefined): readonly string[] => (node?.kind === 'sequence' ? node.items.flatMap(item => text(item) ?? []) : [])
