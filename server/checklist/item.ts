import type {Place} from '../model/place.ts'
import type {Environment, Progression} from '../model/progression.ts'
import {inWords} from '../rules/words.ts'

export type State = 'done' | 'missing' | 'unknown'

/** One of the ten things that a progression should have, and the place that shows it, or where it would stand. */
export type Item = {readonly id: string; readonly title: string; readonly state: State; readonly message: string; readonly at: Place}

export type Verdict = Pick<Item, 'state' | 'message' | 'at'>

export type Question = {readonly id: string; readonly title: string; judge(progression: Progression): Verdict}

/** What is known of one environment: where it shows, where it is missing, or why nothing is known. */
export type Seen = {readonly state: State; readonly at: Place}

export type Words = {
  /** Completes "in staging and production": "A smoke test runs". */
  readonly done: string
  /** Completes the same: "No smoke test runs". */
  readonly missing: string
  readonly unknown: string
}

/**
 * Whether each of some environments has something. One that lacks it is enough for missing; where nothing lacks it, one of which
 * nothing is known is enough for unknown.
 */
export function each(progression: Progression, environments: readonly Environment[], look: (environment: Environment) => Seen, words: Words): Verdict {
  const seen = environments.map(environment => ({environment, ...look(environment)}))
  const of = (state: State) => seen.filter(one => one.state === state)
  const missing = of('missing')
  const [first] = missing
  if (first) return {state: 'missing', at: first.at, message: `${words.missing} in ${names(missing)}.`}
  const [open] = of('unknown')
  if (open) return {state: 'unknown', at: open.at, message: `${words.unknown} in ${names(of('unknown'))}.`}
  const [rest] = progression.environments.open
  if (rest || !seen[0]) return {state: 'unknown', at: rest?.at ?? progression.at, message: 'The environments are not all known.'}
  return {state: 'done', at: seen[0].at, message: `${words.done} in ${names(seen)}.`}
}

const names = (seen: readonly {readonly environment: Environment}[]): string =>
  inWords(
    seen.map(({environment}) => environment.name),
    5,
  )
