import type {Document} from '../document/document.ts'
import {scalarOffsets} from '../document/scalar-offsets.ts'
import type {Fact} from '../model/fact.ts'
import type {Query} from '../model/gate.ts'
import type {Progression} from '../model/progression.ts'

/** A PromQL query around an offset of the document. */
export type QueryAt = {
  readonly query: Query
  /** The same offset in the value of the query. */
  readonly offset: number
  /** Where a stretch of the value stands in the document. */
  span(start: number, end: number): {readonly start: number; readonly end: number}
}

/** The query the cursor is in: of a gate, of its traffic, or of what an environment changes of it. */
export function queryAt(document: Document, progressions: readonly Progression[], offset: number): QueryAt | undefined {
  for (const progression of progressions) {
    for (const fact of queriesOf(progression)) {
      const start = fact.state === 'known' && fact.at.document === document.uri ? document.offset(fact.at) : undefined
      if (fact.state !== 'known' || start === undefined || offset < start || offset > start + fact.at.end - fact.at.start) continue
      const query = fact.value
      const offsets = scalarOffsets(query.written, query.style, query.text)
      if (!offsets) continue
      return {
        query,
        offset: offsets.toValue(offset - start),
        span(from, until) {
          const source = offsets.toSource(from, until)
          return {start: start + source.start, end: start + source.end}
        },
      }
    }
  }
  return undefined
}

const queriesOf = ({gates, environments}: Progression): readonly Fact<Query>[] => [
  ...gates.items.flatMap(gate => [gate.query, ...(gate.traffic.state === 'known' ? [gate.traffic.value.query] : [])]),
  ...environments.items.flatMap(({gates: uses}) =>
    uses.items.flatMap(({overrides: {query, traffic}}) => [...(query ? [query] : []), ...(traffic?.state === 'known' ? [traffic.value.query] : [])]),
  ),
]

/** Every query of a progression as text: where the words for completion come from. */
export const queryTexts = (progression: Progression): readonly string[] =>
  queriesOf(progression).flatMap(fact => (fact.state === 'known' ? [fact.value.text] : []))
