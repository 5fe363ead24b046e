import {type Diagnostic, DiagnosticSeverity, DiagnosticTag} from 'vscode-languageserver/node'
import type {Document} from '../../document/document.ts'
import type {Uri} from '../../model/files.ts'
import type {Finding} from '../../model/finding.ts'
import {pageOf} from '../../rules/page.ts'
import type {Located} from './located.ts'

const severities: Readonly<Record<Finding['level'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
}

/** Editors draw what nothing uses faded, and what is deprecated struck through. */
const tags: Readonly<Record<string, DiagnosticTag>> = {
  'config/unused-gate': DiagnosticTag.Unnecessary,
  'config/unused-suppression': DiagnosticTag.Unnecessary,
  'parity/overlay-unused': DiagnosticTag.Unnecessary,
  'config/deprecated-key': DiagnosticTag.Deprecated,
  'config/deprecated': DiagnosticTag.Deprecated,
}

/** `spelling` gives a URI as the client writes it. */
export function toDiagnostic(document: Document, finding: Located, spelling: (uri: Uri) => string, withRelated: boolean): Diagnostic {
  const {code, level, message, start, end, related, fix} = finding
  const tag = tags[code]
  const diagnostic: Diagnostic = {
    range: {start: document.lines.position(start), end: document.lines.position(end)},
    severity: severities[level],
    code,
    codeDescription: {href: pageOf(code)},
    source: 'progression',
    message,
  }
  if (tag !== undefined) diagnostic.tags = [tag]
  if (fix) diagnostic.data = {fix}
  if (withRelated && related.length > 0) {
    diagnostic.relatedInformation = related.map(one => ({
      location: {uri: spelling(one.uri), range: one.range ?? {start: document.lines.position(one.start), end: document.lines.position(one.end)}},
      message: one.message,
    }))
  }
  return diagnostic
}
