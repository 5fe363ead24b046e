import {scalarOffsets} from '../document/scalar-offsets.ts'
import {editQuery} from '../fixes/edit-query.ts'
import type {Fact} from '../model/fact.ts'
import type {FixReference} from '../model/finding.ts'
import type {Gate, GateUse, Query} from '../model/gate.ts'
import type {Place} from '../model/place.ts'
import type {Environment, Progression} from '../model/progression.ts'
import {remembered} from '../model/remembered.ts'
import type {Span} from '../promql/expression.ts'
import type {Change} from '../promql/finding.ts'
import {type ReadQuery, readPromql} from '../promql/read.ts'

/** A query with where it stands and what it says. */
export type Asked = {readonly query: Query; readonly at: Place; readonly read: ReadQuery}

export const askedOf = (fact: Fact<Query>): Asked | undefined =>
  fact.state === 'known' ? {query: fact.value, at: fact.at, read: readPromql(fact.value.text)} : undefined

const offsetsIn = remembered(({written, style, text}: Query) => scalarOffsets(written, style, text))

/** Where a stretch of a query stands in the document; all of the query where that cannot be told. */
export function placeIn({query, at}: Asked, {start, end}: Span): Place {
  const source = offsetsIn(query)?.toSource(start, end)
  if (!source) return at
  // Nothing is seen of a place without length: the character before it is shown.
  const from = source.end > source.start ? source.start : Math.max(0, source.start - 1)
  return {...at, start: at.start + from, end: at.start + Math.max(source.end, from + 1)}
}

/** A fix that changes a part of a query, for a finding at a place in the same query. */
export function changeIn({query, at}: Asked, finding: Place, change: Change, title: string): FixReference | undefined {
  const source = offsetsIn(query)?.toSource(change.start, change.end)
  if (!source) return undefined
  const [from, to] = [source.start, source.end].map(offset => String(at.start + offset - finding.start))
  return editQuery.for({title, text: change.text, style: query.style, from: from ?? '', to: to ?? ''})
}

export type QueryOf = Asked & {
  readonly gate: Gate | undefined
  /** Where an environment asks something else than the gate does. */
  readonly use: GateUse | undefined
  readonly name: string
  /** `query` is judged, `traffic` says whether there is enough of it. */
  readonly role: 'query' | 'traffic'
}

/** Every query that stands in a progression, in its gates and where environments override them. */
export const queriesOf = remembered((progression: Progression): readonly QueryOf[] => {
  const found: QueryOf[] = []
  const add = (gate: Gate | undefined, use: GateUse | undefined, query: Fact<Query> | undefined, traffic: Gate['traffic'] | undefined): void => {
    const name = use?.name ?? gate?.name ?? ''
    const asked = query && askedOf(query)
    if (asked) found.push({...asked, gate, use, name, role: 'query'})
    const floor = traffic?.state === 'known' ? askedOf(traffic.value.query) : undefined
    if (floor) found.push({...floor, gate, use, name, role: 'traffic'})
  }
  for (const gate of progression.gates.items) add(gate, undefined, gate.query, gate.traffic)
  for (const {gate, use} of usesOf(progression)) add(gate, use, use.overrides.query, use.overrides.traffic)
  return found
})

export type Use = {readonly environment: Environment; readonly use: GateUse; readonly gate: Gate | undefined}

/** Every place where an environment names a gate; the gate is undefined where none is declared under that name. */
export const usesOf = remembered((progression: Progression): readonly Use[] =>
  progression.environments.items.flatMap(environment => environment.gates.items.map(use => ({environment, use, gate: gateNamed(progression, use.name)}))),
)

/** The same by the name of the gate. */
export const usesByName = remembered((progression: Progression): ReadonlyMap<string, readonly Use[]> => Map.groupBy(usesOf(progression), ({use}) => use.name))

const gatesByName = remembered(
  (progression: Progression): ReadonlyMap<string, Gate> => new Map(progression.gates.items.toReversed().map(gate => [gate.name, gate])),
)

export const gateNamed = (progression: Progression, name: string): Gate | undefined => gatesByName(progression).get(name)
