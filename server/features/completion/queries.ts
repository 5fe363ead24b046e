import type {Query} from '../../model/gate.ts'
import {completePromql, type QueryItem} from '../../promql/complete.ts'
import {vocabularyOf} from '../../promql/vocabulary.ts'
import {queryAt, queryTexts} from '../query-at.ts'
import {type Candidate, kinds, snippetText} from './candidate.ts'
import type {CompletionPlace} from './place.ts'

const kindOf: Readonly<Record<QueryItem['kind'], Candidate['kind']>> = {
  function: kinds.function,
  aggregation: kinds.function,
  keyword: kinds.word,
  metric: kinds.reference,
  label: kinds.property,
  value: kinds.value,
  variable: kinds.variable,
  duration: kinds.unit,
  operator: kinds.word,
}

/** What may stand in the PromQL query around the cursor; undefined where it is in none. The words come from the queries of the same document. */
export function queryCandidates({request, offset}: CompletionPlace): readonly Candidate[] | undefined {
  const found = queryAt(request.document, request.progressions, offset)
  if (!found) return undefined
  const {items, start, end} = completePromql(found.query.text, found.offset, vocabularyOf(request.progressions.flatMap(queryTexts)))
  // Without length it stands where the cursor is, whatever line end the value has there.
  const span = start === end ? {start: offset, end: offset} : found.span(start, end)
  // The word that is being typed is a metric of this query only because it is not finished.
  const typed = found.query.text.slice(start, end)
  const proposed = items.filter(item => item.kind !== 'metric' || item.label !== typed)
  return proposed.map((item, index) => ({
    label: item.label,
    kind: kindOf[item.kind],
    snippet: quoted(item.snippet ?? snippetText(item.insert), found.query.style),
    detail: item.detail,
    documentation: item.documentation,
    rank: index,
    span,
  }))
}

/** Quotes of the query as the YAML around it wants them. */
const quoted = (snippet: string, style: Query['style']): string =>
  style === 'double' ? snippet.replaceAll('"', '\\\\"') : style === 'single' ? snippet.replaceAll("'", "''") : snippet
