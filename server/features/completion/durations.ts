import {parseDuration} from '../../model/duration.ts'
import type {SchemaNode} from '../../model/schema-tree.ts'
import {durationInWords} from '../durations.ts'
import {type Candidate, kinds} from './candidate.ts'
import type {CompletionPlace} from './place.ts'

const usual = ['0s', '30s', '60s', '2m', '5m', '10m', '15m', '30m', '1h', '4h', '24h', '7d']

/** Usual durations; behind digits, those digits with each unit. The default and examples of the place come first. */
export function durationCandidates({cursor, request: {document}, offset}: CompletionPlace, node: SchemaNode): readonly Candidate[] {
  const typed = /^\d+/.exec(document.text.slice(cursor.span.start, offset))?.[0]
  const own = [node.default, ...(node.examples ?? [])].filter(value => typeof value === 'string')
  const known = [...new Set([...own, ...usual])].filter(value => parseDuration(value) !== undefined)
  const begun = typed === undefined ? [] : ['s', 'm', 'h', 'd'].map(unit => `${typed}${unit}`)
  return [...new Set([...begun, ...known])].map((value): Candidate => {
    const milliseconds = parseDuration(value) ?? 0
    return {
      label: value,
      kind: kinds.unit,
      snippet: value,
      detail: value === node.default ? `${durationInWords(milliseconds)}, the default` : durationInWords(milliseconds),
      documentation: node.description,
      rank: value === node.default ? 1 : own.includes(value) || begun.includes(value) ? 2 : 3,
    }
  })
}
