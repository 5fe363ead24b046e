import {Document, type TextChange} from '../document/document.ts'
import {normalizeUri} from '../document/uri.ts'
import type {Uri} from '../model/files.ts'
import {type Edit, editBetween} from './edit.ts'

type Open = {readonly spelled: string; readonly document: Document}

export type DocumentsListener = {
  opened?(uri: Uri, document: Document): void
  /** After each change of a notification; `edit` is in offsets of the text just before it. */
  edited?(uri: Uri, edit: Edit): void
  closed?(uri: Uri, document: Document): void
}

/** The texts that are open in the client, kept in step by its edits. What stands in a text is read only when somebody asks. */
export class Documents {
  readonly #open = new Map<Uri, Open>()
  readonly #listeners: DocumentsListener[] = []

  listen(listener: DocumentsListener): void {
    this.#listeners.push(listener)
  }

  open(spelled: string, version: number, text: string): void {
    const uri = normalizeUri(spelled)
    const document = new Document(uri, version, text)
    this.#open.set(uri, {spelled, document})
    for (const listener of this.#listeners) listener.opened?.(uri, document)
  }

  /** Edits of a text that is not open are ignored: a client that sends them has lost count, and opens it again. */
  change(spelled: string, version: number, changes: readonly TextChange[]): void {
    const uri = normalizeUri(spelled)
    const open = this.#open.get(uri)
    if (!open) return
    let document = open.document
    for (const change of changes) {
      const before = document
      document = before.edit([change], version)
      const edit = editOf(before, change)
      this.#open.set(uri, {spelled: open.spelled, document})
      for (const listener of this.#listeners) listener.edited?.(uri, edit)
    }
  }

  close(spelled: string): void {
    const uri = normalizeUri(spelled)
    const open = this.#open.get(uri)
    if (!open) return
    this.#open.delete(uri)
    for (const listener of this.#listeners) listener.closed?.(uri, open.document)
  }

  get(uri: Uri): Document | undefined {
    return this.#open.get(uri)?.document
  }

  has(uri: Uri): boolean {
    return this.#open.has(uri)
  }

  text(uri: Uri): string | undefined {
    return this.#open.get(uri)?.document.text
  }

  uris(): Iterable<Uri> {
    return this.#open.keys()
  }

  /** The URI as the client writes it; answers about an open text use its own spelling. */
  spelling(uri: Uri): string {
    return this.#open.get(uri)?.spelled ?? uri
  }
}

function editOf(before: Document, {range, text}: TextChange): Edit {
  if (!range) return editBetween(before.text, text)
  const start = before.lines.offset(range.start)
  return {start, end: Math.max(start, before.lines.offset(range.end)), length: text.length}
}
