import {Document} from '../document/document.ts'
import type {Files, Uri} from '../model/files.ts'

/** Files that progressions point to and that rules read, such as flag files: read once and kept until they change. */
export class Companions {
  readonly #files: Files
  readonly #documents = new Map<Uri, Document | 'missing'>()

  constructor(files: Files) {
    this.#files = files
  }

  /** Undefined before it was read. */
  of(uri: Uri): Document | 'missing' | undefined {
    return this.#documents.get(uri)
  }

  /** Those that are there, for places inside them. */
  documents(): readonly Document[] {
    return [...this.#documents.values()].filter(document => document !== 'missing')
  }

  /** Reads what was not read yet. True where something was. Throws only for an aborted signal. */
  async read(uris: readonly Uri[], signal: AbortSignal): Promise<boolean> {
    const wanted = uris.filter(uri => !this.#documents.has(uri))
    for (const uri of wanted) {
      const bytes = await this.#files.read(uri, signal)
      this.#documents.set(uri, bytes ? new Document(uri, 0, new TextDecoder().decode(bytes)) : 'missing')
    }
    return wanted.length > 0
  }

  /** A file came, went or changed. True where it was read. */
  forget(uri: Uri): boolean {
    return this.#documents.delete(uri)
  }
}
