import type {Fact} from './fact.ts'
import type {Place} from './place.ts'
import type {Duration, Named} from './progression.ts'

/** A limit as written: a plain number, a fraction for a percentage, seconds for a duration, bytes for a quantity; `written` keeps the spelling. */
export type Limit = {readonly value: number; readonly unit: 'number' | 'percent' | 'duration' | 'quantity'; readonly written: string}

/** A query as a value and as every character of it stands in the document, so that an offset in one can be found in the other. */
export type Query = {readonly text: string; readonly written: string; readonly style: 'plain' | 'single' | 'double' | 'block'}

export type Traffic = {readonly query: Fact<Query>; readonly min: Fact<Limit>}

/** What a gate says; all of it may be said anew where an environment names the gate. */
export type GateKeys = {
  /** In the query's fact, `at` is the whole scalar. */
  readonly query: Fact<Query>
  readonly alerts: Fact<'none'>
  readonly max: Fact<Limit>
  readonly min: Fact<Limit>
  readonly between: Fact<readonly [Limit, Limit]>
  readonly window: Fact<Duration>
  readonly interval: Fact<Duration>
  readonly failAfter: Fact<number>
  readonly passAfter: Fact<number>
  readonly series: Fact<'single' | 'any' | 'all'>
  readonly compare: Fact<'previous' | 'verified'>
  readonly traffic: Fact<Traffic>
  readonly onNoData: Fact<'inconclusive' | 'fail' | 'skip'>
}

/** `extent` is the map that defines it, for insertions. */
export type Gate = Named<GateKeys & {readonly extent: Place}>

/** A gate named by an environment, with what the environment says of it differently; a written null there is an absent fact. */
export type GateUse = {readonly name: string; readonly at: Place; readonly overrides: Partial<GateKeys>}

/** What holds where a key is left out. Milliseconds. */
export const usualWindow: Duration = 300_000
export const shortestWindow: Duration = 60_000
