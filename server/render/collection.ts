import {isWithin, relativePath, resolveUri} from '../document/uri.ts'
import type {Entry, Files, Uri} from '../model/files.ts'

/** How much one rendering may read. Beyond it the engine is not asked at all, because its memory never shrinks. */
export type Limits = {readonly files: number; readonly bytes: number}

export const usualLimits: Limits = {files: 5_000, bytes: 20_000_000}

/**
 * The files one rendering needs, read through {@link Files} and named by their path below the root. It remembers everything it
 * looked for, found or not, and refuses what lies outside the root.
 */
export class Collection {
  readonly #files: Files
  readonly #root: Uri
  readonly #limits: Limits
  readonly #signal: AbortSignal
  readonly #contents = new Map<string, Promise<Uint8Array | undefined>>()
  readonly #listed = new Set<string>()
  readonly #folders = new Set<string>()
  readonly #found = new Map<string, Uint8Array>()
  #bytes = 0
  #excess: string | undefined

  constructor(files: Files, root: Uri, limits: Limits, signal: AbortSignal) {
    this.#files = files
    this.#root = root
    this.#limits = limits
    this.#signal = signal
  }

  /** The path of a URI below the root, with slashes and without percent-encoding; undefined where it lies outside. */
  pathOf(uri: Uri): string | undefined {
    return isWithin(uri, this.#root) ? relativePath(this.#root, uri) : undefined
  }

  uriOf(path: string): Uri {
    return path === '' ? this.#root : resolveUri(this.#root, path)
  }

  /** Bytes of a file, or undefined where there is none. What was read is part of the request to the engine. */
  read(path: string): Promise<Uint8Array | undefined> {
    const known = this.#contents.get(path)
    if (known !== undefined) return known
    const reading = this.#read(path)
    this.#contents.set(path, reading)
    return reading
  }

  /** Entries of a folder, or undefined where there is none. */
  async list(path: string): Promise<readonly Entry[] | undefined> {
    this.#listed.add(path)
    const entries = await this.#files.list(this.uriOf(path), this.#signal)
    if (entries !== undefined) this.#folders.add(path)
    return entries
  }

  /** Folders that exist, as far as they were listed: an empty one is not to be seen from its files. */
  get folders(): readonly string[] {
    return [...this.#folders].sort()
  }

  /** Why too much was asked for, where it was. */
  get excess(): string | undefined {
    return this.#excess
  }

  /** What was found so far by path, in name order: requests with the same files are then the same bytes. */
  get contents(): ReadonlyMap<string, Uint8Array> {
    return new Map([...this.#found].sort(([one], [other]) => (one < other ? -1 : 1)))
  }

  knows(path: string): boolean {
    return this.#contents.has(path)
  }

  /** Every file and folder the result depends on, missing ones included. */
  get dependencies(): readonly Uri[] {
    return [...new Set([...this.#contents.keys(), ...this.#listed])].sort().map(path => this.uriOf(path))
  }

  async #read(path: string): Promise<Uint8Array | undefined> {
    if (this.#excess !== undefined) return undefined
    const bytes = await this.#files.read(this.uriOf(path), this.#signal)
    if (bytes === undefined || this.#excess !== undefined) return undefined
    this.#bytes += bytes.byteLength
    this.#found.set(path, bytes)
    const {files, bytes: most} = this.#limits
    if (this.#found.size > files) this.#excess = `more than ${files.toLocaleString('en')} files would have to be read`
    if (this.#bytes > most) this.#excess = `more than ${Math.round(most / 1e6)} MB of files would have to be read, the last one ${path}`
    return bytes
  }
}

/** A relative path from a folder below the root, both with slashes; undefined where it leaves the root or is absolute. */
export function joinPath(folder: string, path: string): string | undefined {
  if (path.startsWith('/')) return undefined
  const segments = folder === '' ? [] : folder.split('/')
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return undefined
  }
  return segments.join('/')
}
