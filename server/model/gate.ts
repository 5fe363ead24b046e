import type {Fact} from './fact.ts'
import type {Place} from './place.ts'
import type {Duration, Named} from './progression.ts'

/** A limit as written: a plain number, a fraction for a percentage, seconds for a duration; `written` keeps the spelling. */
export type Limit = {readonly value: number; readonly unit: 'number' | 'percent' | 'duration'; readonly written: string}

export type Gate = Named<{
  readonly query: Fact<string>
  readonly alerts: Fact<'none'>
  readonly max: Fact<Limit>
  readonly min: Fact<Limit>
  readonly between: Fact<readonly [Limit, Limit]>
  readonly window: Fact<Duration>
  readonly onNoData: Fact<'inconclusive' | 'fail' | 'skip'>
  readonly traffic: Fact<{readonly query: Fact<string>; readonly min: Fact<Limit>}>
}>

/** A gate named by an environment, with what the environment says of it differently. */
export type GateUse = {readonly name: string; readonly at: Place; readonly overrides: Partial<Pick<Gate, 'max' | 'min' | 'between' | 'window' | 'onNoData'>>}
