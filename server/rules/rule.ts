import type {FixReference, Related} from '../model/finding.ts'
import type {Place} from '../model/place.ts'
import type {Level, Progression} from '../model/progression.ts'

/** What a rule has to wait for. For scheduling, and for what may be said of it when it is silent; a rule itself asks the facts. */
export type Needs = 'text' | 'workspace' | 'manifests' | 'cluster'

export type Details = {
  /** Only lower than the rule's own; a higher one is brought down to it. */
  readonly level?: Level
  readonly fix?: FixReference
  readonly related?: readonly Related[]
}

/** Says that something is wrong at a place a user can open. One finding remains for a code and a place. */
export type Report = (at: Place, message: string, details?: Details) => void

/** What a rule may know beside the progression. */
export type Context = {
  /** The moment of the check, in milliseconds since 1970. */
  readonly now: number
}

/** A mistake that is looked for. Its code is its path below `rules/`. */
export type Rule = {
  /** What is wrong where it reports, in a few words: `Failed release is not rolled back`. */
  readonly title: string
  /** The highest level by default; a finding may lower it. */
  readonly level: Level
  readonly needs: Needs
  /** Reads one linked progression, synchronously. Speaks of what is known and stays silent about the rest. */
  check(progression: Progression, report: Report, context: Context): void
}

export const defineRule = (rule: Rule): Rule => rule
