import {Document, largestDocument} from '../document/document.ts'
import {isWithin} from '../document/uri.ts'
import type {Files, Uri} from '../model/files.ts'

/** Documents of files nobody has open, read when they are asked for. The last ones used are kept, up to a total length, so that memory stays flat over thousands of files. */
export class ClosedDocuments {
  readonly #files: Files
  readonly #most: number
  readonly #decoder = new TextDecoder('utf-8')
  readonly #kept = new Map<Uri, Document>()
  #length = 0
  #version = 0

  /** `most` is the total of UTF-16 units that are kept. */
  constructor(files: Files, most = 4_000_000) {
    this.#files = files
    this.#most = most
  }

  /** The document as the file is now, or undefined where there is none. The same object until {@link forget}. */
  async get(uri: Uri, signal?: AbortSignal): Promise<Document | undefined> {
    const kept = this.#kept.get(uri)
    if (kept) {
      this.#kept.delete(uri)
      this.#kept.set(uri, kept)
      return kept
    }
    const bytes = await this.#files.read(uri, signal)
    if (!bytes) return undefined
    // A text that is too large is not read, so not all of it is needed.
    const document = new Document(uri, ++this.#version, this.#decoder.decode(bytes.subarray(0, largestDocument * 4)))
    this.#keep(document)
    return document
  }

  /** The file changed, or is open now. Gives the document that was kept. */
  forget(uri: Uri): Document | undefined {
    const kept = this.#kept.get(uri)
    if (!kept) return undefined
    this.#kept.delete(uri)
    this.#length -= kept.text.length
    return kept
  }

  /** A folder changed or went, with every file in it. */
  forgetBelow(folder: Uri): void {
    for (const uri of [...this.#kept.keys()]) if (isWithin(uri, folder)) this.forget(uri)
  }

  #keep(document: Document): void {
    this.forget(document.uri)
    if (document.text.length > this.#most) return
    this.#kept.set(document.uri, document)
    this.#length += document.text.length
    for (const [uri] of this.#kept) {
      if (this.#length <= this.#most) break
      this.forget(uri)
    }
  }
}
