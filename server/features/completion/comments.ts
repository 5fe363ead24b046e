import {branchOf, wordsOf} from '../../model/schema-tree.ts'
import {type Candidate, kinds} from './candidate.ts'
import type {CompletionPlace} from './place.ts'
import {ruleCandidates} from './rules.ts'

/** In a comment: how a rule is silenced, and the codes that can be. */
export function commentCandidates({cursor, offset, request}: CompletionPlace): readonly Candidate[] {
  const {document, schema} = request
  const written = document.text.slice(cursor.span.start, offset)
  const word = /^[\w/-]*/.exec(document.text.slice(offset, offset + 100))?.[0] ?? ''
  const begun = /^#+\s*(p[\w-]*)?$/.exec(written)
  const span = (typed: string) => ({start: offset - typed.length, end: offset + word.length})
  if (begun) return ['progression-ignore', 'progression-ignore-file'].map(label => directive(label, span(begun[1] ?? '')))
  const ignoring = /^#+\s*progression-ignore(?:-file)?\s+((?:[^\s,]+[\s,]+)*)([^\s,]*)$/.exec(written)
  if (!ignoring || /(^|\s)--(\s|$)/.test(ignoring[1] ?? '')) return []
  const listed = (ignoring[1] ?? '').split(/[\s,]+/).filter(Boolean)
  const typed = ignoring[2] ?? ''
  const rules = schema.at(['rules'])
  const keys = rules && branchOf(rules, 'object') ? schema.open(rules)?.keys : undefined
  const codes = ruleCandidates(request, keys ? wordsOf(keys).filter(code => !listed.includes(code)) : [])
  const reason: Candidate = {label: '-- reason', kind: kinds.snippet, snippet: '-- ${1:reason}', detail: 'Why it is silenced', rank: 1, filter: '--'}
  return [...(listed.length > 0 ? [reason] : []), ...codes].map(candidate => ({...candidate, span: span(typed)}))
}

const directive = (label: string, span: Candidate['span']): Candidate => ({
  label,
  kind: kinds.snippet,
  snippet: `${label} $1 -- \${2:reason}`,
  detail: label.endsWith('file') ? 'Silences rules in the whole file' : 'Silences rules on this line or the next',
  documentation: `Codes, then two hyphens and the reason: \`# ${label} rollback/missing -- the platform rolls back\`.`,
  rank: 1,
  span,
  again: true,
})
