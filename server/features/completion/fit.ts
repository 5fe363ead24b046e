import type {CompletionItem, InsertTextFormat, InsertTextMode, TextEdit} from 'vscode-languageserver-protocol'
import type {Document} from '../../document/document.ts'
import type {Cursor, Span} from '../cursor/cursor.ts'
import type {ClientAbilities} from '../feature.ts'
import {type Candidate, plainText} from './candidate.ts'

const formats = {plain: 1, snippet: 2} as const satisfies Record<string, InsertTextFormat>
const asIs = 1 satisfies InsertTextMode

/** Candidates as items that put exactly the right text in exactly the right place, in the order they were found. */
export function fit(candidates: readonly Candidate[], cursor: Cursor, document: Document, client: ClientAbilities): CompletionItem[] {
  const line = document.lines.start(document.lines.lineAt(cursor.span.end))
  const indentation = /^[ \t]*/.exec(document.text.slice(line, cursor.span.end))?.[0].length ?? 0
  const before = cursor.kind === 'item' ? cursor.before : cursor.kind === 'value' && cursor.gap ? ' ' : ''
  const margin = ' '.repeat(client.ownIndentation ? cursor.column : Math.max(0, cursor.column - indentation))
  return candidates.map((candidate, index) => {
    const written = client.snippets ? candidate.snippet : plainText(candidate.snippet)
    const newText = before + written.replaceAll('\n', `\n${margin}`)
    const range = rangeOf(document, candidate.span ?? cursor.span, line)
    const item: CompletionItem = {
      label: candidate.label,
      kind: candidate.kind,
      detail: candidate.detail,
      documentation: candidate.documentation === undefined ? undefined : {kind: 'markdown', value: candidate.documentation},
      sortText: `${candidate.rank}${String(index).padStart(4, '0')}`,
      filterText: candidate.filter ?? candidate.label,
      preselect: candidate.preselect,
      textEdit: {range, newText},
      insertTextFormat: client.snippets && /[$\\]/.test(written) ? formats.snippet : formats.plain,
    }
    if (newText.includes('\n') && client.ownIndentation) item.insertTextMode = asIs
    if (candidate.additional)
      item.additionalTextEdits = candidate.additional.map(({span, text}): TextEdit => ({range: rangeOf(document, span, line), newText: text}))
    if (candidate.again && client.commands) item.command = {title: 'Complete the value', command: 'editor.action.triggerSuggest'}
    return item
  })
}

/** Editors take no more than one line. */
function rangeOf(document: Document, {start, end}: Span, line: number): TextEdit['range'] {
  return {start: document.lines.position(Math.max(start, line)), end: document.lines.position(end)}
}
