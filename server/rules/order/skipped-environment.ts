import {type Environment, isProduction, type Progression, tiers} from '../../model/progression.ts'
import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'
import {ancestors, arrivals, type Step} from './chains.ts'

/**
 * A chain of `after` that reaches an environment without one listed above it. Lanes are declared skips and are not read here.
 * Environments side by side are no skip: the same tier, or branches that meet again further down.
 */
export const skippedEnvironment = defineRule({
  title: 'Environment is skipped',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    if (progression.environments.open.length > 0 || progression.transitions.open.length > 0) return
    const chains = new Chains(progression)
    const told = new Map<string, ReadonlySet<string>>()
    for (const environment of progression.environments.items) {
      const {name} = environment
      const arriving = chains.into.get(name) ?? []
      const [only] = arriving
      if (only?.because === 'listed' && arriving.length === 1) {
        // Straight after the one above it: it skips what that one skips, and that was said there.
        told.set(name, told.get(only.from) ?? new Set())
        continue
      }
      const before = chains.before(name)
      if (before.has(name) || [...before].some(other => !chains.names.has(other))) continue
      // A production that follows nothing is the business of order/direct-to-production.
      if (arriving.length === 0 && isProduction(environment)) continue
      // What a predecessor skipped was said there.
      const said = new Set([...before].flatMap(other => [...(told.get(other) ?? [])]))
      const skipped = above(environment, progression).filter(other => !before.has(other.name) && isSkip(other, environment, chains))
      told.set(name, new Set([...said, ...skipped.map(other => other.name)]))
      const news = skipped.filter(other => !said.has(other.name))
      if (news.length === 0) continue
      const written = arriving.filter(step => step.because === 'after')
      report(written[0]?.at ?? environment.at, message(environment, news, chains), {
        related: news.map(other => ({at: other.at, message: `${other.name} is listed before ${name}.`})),
      })
    }
  },
})

/** The transitions of a progression, and what comes before each environment, found when asked for and once. */
class Chains {
  readonly into: ReadonlyMap<string, readonly Step[]>
  readonly names: ReadonlySet<string>
  readonly #before = new Map<string, ReadonlySet<string>>()

  constructor(progression: Progression) {
    this.into = arrivals(progression)
    this.names = new Set(progression.environments.items.map(({name}) => name))
  }

  before(name: string): ReadonlySet<string> {
    const known = this.#before.get(name) ?? ancestors(name, this.into)
    this.#before.set(name, known)
    return known
  }
}

const above = (environment: Environment, {environments}: Progression): readonly Environment[] =>
  environments.items.slice(0, environments.items.indexOf(environment)).filter(({name}) => name !== environment.name)

function isSkip(other: Environment, environment: Environment, chains: Chains): boolean {
  // An environment that follows nothing is a beginning of its own.
  if (!chains.into.has(environment.name)) return false
  if (isProduction(other)) return false
  if (other.tier.state === 'known' && environment.tier.state === 'known' && tiers.indexOf(other.tier.value) >= tiers.indexOf(environment.tier.value))
    return false
  return ![...chains.names].some(name => chains.before(name).has(other.name) && chains.before(name).has(environment.name))
}

function message({name}: Environment, skipped: readonly Environment[], {into}: Chains): string {
  const missed = skipped.map(environment => environment.name)
  const before = (into.get(name) ?? []).map(({from}) => from)
  return `${name} comes after ${inWords(before)} and skips ${inWords(missed)}: a release gets there untested by ${missed.length === 1 ? 'it' : 'them'}. Name ${inWords(missed.slice(-1))} in after, or declare the short way as a lane.`
}
