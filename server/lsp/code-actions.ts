import {type CodeAction, CodeActionKind, type CodeActionParams, type TextEdit, type WorkspaceEdit} from 'vscode-languageserver/node'
import type {Analysis} from '../analysis.ts'
import type {Document} from '../document/document.ts'
import {normalizeUri} from '../document/uri.ts'
import type {Edit} from '../fixes/fix.ts'
import {editsOf} from '../fixes/index.ts'
import {waysToSilence} from '../fixes/silence.ts'
import type {Uri} from '../model/files.ts'
import type {FixReference} from '../model/finding.ts'
import type {Located} from './diagnostics/located.ts'
import type {Report, Reports} from './diagnostics/reports.ts'
import {toDiagnostic} from './diagnostics/to-diagnostic.ts'
import type {Library} from './library.ts'

export type CodeActionsOptions = {
  readonly analysis: Analysis
  readonly library: Library
  readonly reports: Reports
  /** Whether the client takes edits that name the version they were made for. */
  readonly versioned: boolean
}

/** Quick fixes of the findings in a range, made for the text as it is now. */
export class CodeActions {
  readonly #options: CodeActionsOptions

  constructor(options: CodeActionsOptions) {
    this.#options = options
  }

  async provide({textDocument, range, context}: CodeActionParams, signal: AbortSignal): Promise<CodeAction[] | null> {
    if (context.only && !context.only.some(kind => CodeActionKind.QuickFix.startsWith(kind))) return null
    const report = await this.#options.reports.report(normalizeUri(textDocument.uri), signal)
    if (!report) return null
    const {lines} = report.document
    const [start, end] = [lines.offset(range.start), lines.offset(range.end)]
    const here = report.findings.filter(finding => finding.start <= end && start <= finding.end)
    // What mends comes before what silences.
    const references = [...here.flatMap(finding => (finding.fix ? [{finding, fix: finding.fix, mends: true}] : [])), ...here.flatMap(silencing)]
    const actions: CodeAction[] = []
    for (const {finding, fix, mends} of references) {
      const action = await this.#action(report, finding, fix, mends)
      if (action) actions.push(action)
    }
    return actions
  }

  async #action({document}: Report, finding: Located, fix: FixReference, isPreferred: boolean): Promise<CodeAction | undefined> {
    const {analysis, library} = this.#options
    const {start, end} = finding
    const section = document.sections.findLastIndex(({offset}) => offset <= start)
    const progression = analysis.progressions(document).find(({index}) => index === section)
    // Its block may have been read again since the finding was made.
    const at = document.range(finding.at) && document.offset(finding.at) === start ? finding.at : document.placeAt(start, end)
    const edits = progression && at && editsOf(fix.id, {document, at, progression, arguments: fix.arguments})
    const edit = edits && (await this.#workspaceEdit(document, edits))
    if (!edit) return undefined
    const diagnostic = toDiagnostic(document, finding, uri => library.spelling(uri), false)
    return {title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], isPreferred, edit}
  }

  async #workspaceEdit(document: Document, edits: readonly Edit[]): Promise<WorkspaceEdit | undefined> {
    const {library, versioned} = this.#options
    const byUri = new Map<Uri, {document: Document; edits: TextEdit[]}>()
    for (const {document: uri, start, end, text} of edits) {
      const target = byUri.get(uri)?.document ?? (uri === document.uri ? document : await library.get(uri))
      if (!target) return undefined
      const range = {start: target.lines.position(start), end: target.lines.position(end)}
      byUri.set(uri, {document: target, edits: [...(byUri.get(uri)?.edits ?? []), {range, newText: text}]})
    }
    if (!versioned) return {changes: Object.fromEntries([...byUri].map(([uri, {edits}]) => [library.spelling(uri), edits]))}
    return {
      documentChanges: [...byUri].map(([uri, {document, edits}]) => ({
        textDocument: {uri: library.spelling(uri), version: library.isOpen(uri) ? document.version : null},
        edits,
      })),
    }
  }
}

const silencing = (finding: Located) => waysToSilence(finding).map(fix => ({finding, fix, mends: false}))
