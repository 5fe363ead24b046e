import {
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node'
import {normalizeUri} from '../../document/uri.ts'
import type {Uri} from '../../model/files.ts'
import {Outdated} from '../answer.ts'
import type {Library} from '../library.ts'
import type {Changes} from './changes.ts'
import type {Report, Reports} from './reports.ts'
import {toDiagnostic} from './to-diagnostic.ts'

/** The identifier of a document that is none of ours: it has no findings, and will have none as long as it is not. */
const foreign = 'foreign'

export type PullOptions = {
  readonly reports: Reports
  readonly library: Library
  readonly changes: Changes
  readonly relatedInformation: boolean
  /** Progression files of the workspace. */
  files(signal: AbortSignal): Promise<readonly Uri[]>
}

/** Answers pulls for one document and for all. */
export class Pull {
  readonly #options: PullOptions

  constructor(options: PullOptions) {
    this.#options = options
  }

  async document({textDocument, previousResultId}: DocumentDiagnosticParams, signal: AbortSignal): Promise<DocumentDiagnosticReport> {
    const report = await this.#options.reports.report(normalizeUri(textDocument.uri), signal)
    const resultId = report?.id ?? foreign
    if (previousResultId === resultId) return {kind: DocumentDiagnosticReportKind.Unchanged, resultId}
    return {kind: DocumentDiagnosticReportKind.Full, resultId, items: report ? this.diagnostics(report) : []}
  }

  diagnostics({document, findings}: Report): Diagnostic[] {
    const {library, relatedInformation} = this.#options
    return findings.map(finding => toDiagnostic(document, finding, uri => library.spelling(uri), relatedInformation))
  }

  /** Stays open until something is different from what the client has; with `emit` for good, telling each difference as it comes. */
  async workspace(
    {previousResultIds}: WorkspaceDiagnosticParams,
    emit: ((part: WorkspaceDiagnosticReport) => void) | undefined,
    signal: AbortSignal,
  ): Promise<WorkspaceDiagnosticReport> {
    const {changes} = this.#options
    const known = new Map(previousResultIds.map(({uri, value}) => [normalizeUri(uri), value]))
    for (;;) {
      const {generation} = changes
      const items = await this.#differences(known, emit, signal)
      if (items.length > 0 && !emit) return {items}
      await changes.after(generation, signal)
    }
  }

  /** Everything that is not as `known` says, which is brought up to date. */
  async #differences(
    known: Map<Uri, string>,
    emit: ((part: WorkspaceDiagnosticReport) => void) | undefined,
    signal: AbortSignal,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const {reports, library, files} = this.#options
    const items: WorkspaceDocumentDiagnosticReport[] = []
    const add = (item: WorkspaceDocumentDiagnosticReport): void => {
      if (emit) emit({items: [item]})
      else items.push(item)
    }
    const current = new Set([...(await files(signal)), ...library.uris()])
    for (const uri of [...known.keys()].filter(one => !current.has(one))) {
      // Its file or folder is gone, and so is what the client still shows of it.
      const item = {kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: []} as const
      if (known.get(uri) !== foreign) add({...item, items: []})
      known.delete(uri)
    }
    for (const uri of current) {
      const before = known.get(uri)
      if (before !== undefined && before === reports.idOf(uri)) continue
      const item = await this.#one(uri, before, signal)
      if (!item) continue
      if (item.resultId === undefined) known.delete(uri)
      else known.set(uri, item.resultId)
      add(item)
    }
    return items
  }

  async #one(uri: Uri, before: string | undefined, signal: AbortSignal): Promise<WorkspaceDocumentDiagnosticReport | undefined> {
    const {reports, library} = this.#options
    const version = library.opened(uri)?.version ?? null
    const head = {kind: DocumentDiagnosticReportKind.Full, uri: library.spelling(uri), version} as const
    try {
      const report = await reports.report(uri, signal)
      if (report) return report.id === before ? undefined : {...head, resultId: report.id, items: this.diagnostics(report)}
      if (before === undefined || before === foreign) return undefined
      // It went without a word, or is none of ours any more.
      return {...head, resultId: library.isOpen(uri) ? foreign : undefined, items: []}
    } catch (error) {
      // It is being typed in, and its own pull says what there is to say; the change that made it outdated comes round again.
      if (error instanceof Outdated) return undefined
      throw error
    }
  }
}
