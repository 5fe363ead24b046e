import {isWithin, relativePath} from '../document/uri.ts'
import type {Entry, Files, Uri} from '../model/files.ts'

/** What is open in an editor: texts by normalised URI, as they are at this moment. */
export type Buffers = {
  text(uri: Uri): string | undefined
  uris(): Iterable<Uri>
}

/** Files as the person at the keyboard sees them: what is open covers what is on the disk, saved or not. */
export class BufferedFiles implements Files {
  readonly #below: Files
  readonly #buffers: Buffers
  readonly #encoder = new TextEncoder()

  constructor(below: Files, buffers: Buffers) {
    this.#below = below
    this.#buffers = buffers
  }

  async read(uri: Uri, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const text = this.#buffers.text(uri)
    return text === undefined ? this.#below.read(uri, signal) : this.#encoder.encode(text)
  }

  async list(uri: Uri, signal?: AbortSignal): Promise<readonly Entry[] | undefined> {
    const entries = await this.#below.list(uri, signal)
    const names = new Set(entries?.map(entry => entry.name))
    const unsaved = [...this.#buffers.uris()]
      .filter(open => open !== uri && isWithin(open, uri))
      .map(open => relativePath(uri, open))
      .filter(path => !path.includes('/') && !names.has(path))
    if (unsaved.length === 0) return entries
    const added = unsaved.map((name): Entry => ({name, kind: 'file'}))
    return [...(entries ?? []), ...added].sort((one, other) => (one.name < other.name ? -1 : 1))
  }
}
