import {baseName, folderOf, isWithin, resolveUri} from '../document/uri.ts'
import type {Entry, Existence, Files, Uri} from '../model/files.ts'
import {nearest} from '../model/nearest.ts'
import {kustomizationNames, type Lookup, type PathUse} from '../model/path.ts'

type Wanted = Pick<PathUse, 'uri' | 'path' | 'kind'>

/** What paths lead to, looked up once and kept until a file there comes or goes. */
export class Lookups {
  readonly #files: Files
  readonly #found = new Map<string, Kept>()

  constructor(files: Files) {
    this.#files = files
  }

  /** What is known of a path; undefined before it was looked up. */
  of(path: Wanted): Lookup | undefined {
    return this.#found.get(keyOf(path))?.lookup
  }

  /**
   * Looks up what is not known yet, inside `root`; what lies outside stays unknown. True where something was looked up. Throws
   * only for an aborted signal.
   */
  async lookUp(paths: readonly Wanted[], root: Uri, signal: AbortSignal): Promise<boolean> {
    const wanted = paths.filter(path => path.kind !== 'remote' && !this.#found.has(keyOf(path)))
    if (wanted.length === 0) return false
    const folders = new Folders(this.#files, root, signal)
    for (const path of wanted) {
      const lookup = await lookUp(path, folders)
      const beside = lookup.existence === 'missing' ? await folders.list(folderOf(path.uri)) : undefined
      this.#found.set(keyOf(path), {uri: path.uri, lookup, beside: new Set(beside?.map(({name}) => name))})
    }
    return true
  }

  /**
   * A file or folder came or changed, or is gone. True where something that was looked up may be another now; the text of a file that
   * was there already makes nothing else of it.
   */
  forget(uri: Uri, kind: 'changed' | 'deleted'): boolean {
    let found = false
    for (const [key, one] of this.#found) {
      if (!isConcerned(one, uri, kind)) continue
      this.#found.delete(key)
      found = true
    }
    return found
  }
}

type Kept = {readonly uri: Uri; readonly lookup: Lookup /** What lay beside a path that is missing. */; readonly beside: ReadonlySet<string>}

function isConcerned({uri, lookup, beside}: Kept, changed: Uri, kind: 'changed' | 'deleted'): boolean {
  const {existence, lacks, kustomization} = lookup
  if (kind === 'deleted') return isWithin(uri, changed) || kustomization === changed
  if (lacks !== undefined) return folderOf(changed) === uri
  if (existence === 'file' || existence === 'folder') return false
  if (isWithin(changed, uri)) return true
  // A new neighbour may be what a missing path meant.
  return folderOf(changed) === folderOf(uri) && !beside.has(decodeURIComponent(baseName(changed)))
}

const keyOf = ({kind, uri}: Wanted): string => `${kind} ${uri}`

async function lookUp({uri, path, kind}: Wanted, folders: Folders): Promise<Lookup> {
  const existence = await folders.existence(uri)
  if (existence === 'missing') return {existence, near: await near(uri, path, folders)}
  if (existence !== 'folder' || (kind !== 'overlay' && kind !== 'chart')) return {existence}
  const names = kind === 'overlay' ? kustomizationNames : ['Chart.yaml']
  const entries = await folders.list(uri)
  const found = entries?.find(entry => names.includes(entry.name))?.name
  if (entries && found === undefined) return {existence, lacks: names[0]}
  return kind === 'overlay' && found !== undefined ? {existence, kustomization: resolveUri(uri, found)} : {existence}
}

/** The path with its first part that is missing replaced by what it is like, where all of that is there. */
async function near(uri: Uri, path: string, folders: Folders): Promise<string | undefined> {
  let missing = uri
  while ((await folders.existence(folderOf(missing))) === 'missing') missing = folderOf(missing)
  const entries = await folders.list(folderOf(missing))
  const name = decodeURIComponent(baseName(missing))
  const meant = nearest(name, entries?.map(entry => entry.name) ?? [])
  if (meant === undefined) return undefined
  const found = resolveUri(folderOf(missing), `${meant}${uri.slice(missing.length)}`)
  const existence = await folders.existence(found)
  const parts = path.split('/')
  const index = parts.length - 1 - (uri.slice(missing.length).match(/\//g)?.length ?? 0)
  if (existence === 'missing' || existence === 'unknown' || parts[index] !== name) return undefined
  return parts.with(index, meant).join('/')
}

/** Folders below a root, each listed once. */
class Folders {
  readonly #files: Files
  readonly #root: Uri
  readonly #signal: AbortSignal
  readonly #listed = new Map<Uri, Promise<readonly Entry[] | undefined>>()

  constructor(files: Files, root: Uri, signal: AbortSignal) {
    this.#files = files
    this.#root = root
    this.#signal = signal
  }

  list(uri: Uri): Promise<readonly Entry[] | undefined> {
    const listed = this.#listed.get(uri) ?? this.#files.list(uri, this.#signal)
    this.#listed.set(uri, listed)
    return listed
  }

  /** Unknown outside of the root, and where not even the root can be listed. */
  async existence(uri: Uri): Promise<Existence> {
    if (!isWithin(uri, this.#root)) return 'unknown'
    if (uri === this.#root) return (await this.list(uri)) ? 'folder' : 'unknown'
    const entries = await this.list(folderOf(uri))
    const name = decodeURIComponent(baseName(uri))
    if (entries) return entries.find(entry => entry.name === name)?.kind ?? 'missing'
    const above = await this.existence(folderOf(uri))
    return above === 'unknown' ? 'unknown' : 'missing'
  }
}
