import type {Document} from '../document/document.ts'
import {baseName} from '../document/uri.ts'
import type {Uri} from '../model/files.ts'
import type {ClosedDocuments} from '../workspace/closed-documents.ts'
import {isProgressionName} from '../workspace/workspace.ts'
import type {Documents} from './documents.ts'
import type {Turn} from './turn.ts'

/** Every document there is: what is open as it is typed, what is not as it lies on the disk. */
export class Library {
  readonly #open: Documents
  readonly #closed: ClosedDocuments
  readonly #accepts: (document: Document) => boolean

  /** `accepts` decides for texts whose name does not. */
  constructor(open: Documents, closed: ClosedDocuments, accepts: (document: Document) => boolean) {
    this.#open = open
    this.#closed = closed
    this.#accepts = accepts
  }

  /** The document as it is now, or undefined where there is none. */
  async get(uri: Uri, signal?: AbortSignal): Promise<Document | undefined> {
    return this.#open.get(uri) ?? (uri.startsWith('file:') ? this.#closed.get(uri, signal) : undefined)
  }

  /** The same for documents of ours only; any other YAML is looked at no further than for the one word that could make it ours. */
  async ours(uri: Uri, signal?: AbortSignal): Promise<Document | undefined> {
    const document = await this.get(uri, signal)
    return document && this.isOurs(document) ? document : undefined
  }

  isOurs(document: Document): boolean {
    if (isProgressionName(baseName(document.uri))) return true
    return !document.tooLarge && document.text.includes('progression.dev/') && this.#accepts(document)
  }

  isOpen(uri: Uri): boolean {
    return this.#open.has(uri)
  }

  /** The open document, else undefined. */
  opened(uri: Uri): Document | undefined {
    return this.#open.get(uri)
  }

  spelling(uri: Uri): string {
    return this.#open.spelling(uri)
  }

  uris(): Iterable<Uri> {
    return this.#open.uris()
  }
}

/** Reads all of a document in small steps. */
export async function readAll(document: Document, turn: Turn, signal: AbortSignal): Promise<void> {
  while (!document.readOn()) if (turn.due) await turn.pause(signal)
}
