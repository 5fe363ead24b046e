import {Document} from '../document/document.ts'
import {plainDocument} from '../document/plain-document.ts'
import {baseName, folderOf, isWithin} from '../document/uri.ts'
import type {Files, Uri} from '../model/files.ts'

/** Larger files are not read as scripts. Bytes. */
const largest = 1_000_000

/** Files that scanners read without being told, and in which may stand what makes them fail. */
const scannerFiles: Readonly<Record<string, string>> = {
  'trivy.yaml': 'trivy',
  '.grype.yaml': 'grype',
  'grype.yaml': 'grype',
  '.checkov.yaml': 'checkov',
  '.checkov.yml': 'checkov',
}

/** The files that scripts stand in, read once until they change. */
export class ScriptFiles {
  readonly #files: Files
  readonly #documents = new Map<Uri, Document | 'missing'>()
  readonly #scanners = new Map<Uri, ReadonlySet<string>>()

  constructor(files: Files) {
    this.#files = files
  }

  /** The text as a document, YAML or plain by its name; undefined where there is none, or none inside `root`. */
  async read(uri: Uri, root: Uri, signal: AbortSignal): Promise<Document | undefined> {
    if (!isWithin(uri, root)) return undefined
    let document = this.#documents.get(uri)
    if (!document) {
      const bytes = await this.#files.read(uri, signal)
      document = bytes && bytes.length <= largest ? documentOf(uri, new TextDecoder().decode(bytes)) : 'missing'
      this.#documents.set(uri, document)
    }
    return document === 'missing' ? undefined : document
  }

  /** Scanners that a file in this folder tells when to fail. */
  async configured(folder: Uri, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const known = this.#scanners.get(folder)
    if (known) return known
    const entries = await this.#files.list(folder, signal)
    const found = new Set(entries?.flatMap(({name}) => scannerFiles[name] ?? []))
    this.#scanners.set(folder, found)
    return found
  }

  documentOf(uri: Uri): Document | undefined {
    const document = this.#documents.get(uri)
    return document === 'missing' ? undefined : document
  }

  forget(uri: Uri): boolean {
    const isScanner = Object.hasOwn(scannerFiles, baseName(uri)) && this.#scanners.delete(folderOf(uri))
    return this.#documents.delete(uri) || isScanner
  }
}

const documentOf = (uri: Uri, text: string): Document => (/\.ya?ml$/.test(uri) ? new Document(uri, 0, text) : plainDocument(uri, text))
