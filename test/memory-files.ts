import {isWithin, resolveUri} from '../server/document/uri.ts'
import type {Entry, Files, Uri} from '../server/model/files.ts'

/** A workspace as text: paths below a root, folders by their files. */
export class MemoryFiles implements Files {
  readonly root: Uri
  readonly #contents = new Map<Uri, Uint8Array>()
  /** What was asked for, in order. */
  readonly asked: Uri[] = []

  constructor(contents: Readonly<Record<string, string | Uint8Array>>, root: Uri = 'file:///workspace') {
    this.root = root
    for (const [path, content] of Object.entries(contents)) this.write(path, content)
  }

  uri(path: string): Uri {
    return path === '' ? this.root : resolveUri(this.root, path)
  }

  write(path: string, content: string | Uint8Array): void {
    this.#contents.set(this.uri(path), typeof content === 'string' ? new TextEncoder().encode(content) : content)
  }

  remove(path: string): void {
    this.#contents.delete(this.uri(path))
  }

  async read(uri: Uri, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    signal?.throwIfAborted()
    this.asked.push(uri)
    return this.#contents.get(uri)
  }

  async list(uri: Uri, signal?: AbortSignal): Promise<readonly Entry[] | undefined> {
    signal?.throwIfAborted()
    const found = new Map<string, Entry>()
    for (const file of this.#contents.keys()) {
      if (file === uri || !isWithin(file, uri)) continue
      const [name = '', ...below] = file.slice(uri.length + 1).split('/')
      found.set(name, {name: decodeURIComponent(name), kind: below.length > 0 ? 'folder' : 'file'})
    }
    return found.size === 0 && uri !== this.root ? undefined : [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1))
  }
}
