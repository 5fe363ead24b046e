import {partsOf} from './expression.ts'
import {parse} from './parse.ts'

/** What queries speak of: metrics, each with its labels, and labels, each with its values. In alphabetical order. */
export type Vocabulary = {readonly metrics: ReadonlyMap<string, readonly string[]>; readonly labels: ReadonlyMap<string, readonly string[]>}

/** Collects the words of queries, half-typed ones too. A recording rule is a metric; what a variable is part of is left out. */
export function vocabularyOf(queries: readonly string[]): Vocabulary {
  const metrics = new Map<string, Set<string>>()
  const labels = new Map<string, Set<string>>()
  const under = (map: Map<string, Set<string>>, key: string): Set<string> => {
    const found = map.get(key) ?? new Set()
    map.set(key, found)
    return found
  }
  for (const query of queries) {
    for (const part of partsOf(parse(query).expression)) {
      const grouped = part.kind === 'aggregation' ? part.grouping?.labels : part.kind === 'binary' ? part.matching?.labels : undefined
      for (const label of grouped ?? []) under(labels, label)
      if (part.kind !== 'selector') continue
      const ofMetric = part.name?.known ? under(metrics, part.name.text) : undefined
      for (const {label, value, known} of part.matchers) {
        if (label === '__name__') continue
        ofMetric?.add(label)
        const values = under(labels, label)
        if (known && value !== '') values.add(value)
      }
    }
  }
  return {metrics: sorted(metrics), labels: sorted(labels)}
}

const sorted = (map: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly string[]> =>
  new Map([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, words]) => [key, [...words].toSorted()]))
