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
    const into = arrivals(progression)
    const told = new Map<string, ReadonlySet<string>>()
    for (const environment of progression.environments.items) {
      const before = ancestors(environment.name, into)
      if (before.has(environment.name) || [...before].some(name => !isListed(name, progression))) continue
      // What a predecessor skipped was said there.
      const said = new Set([...before].flatMap(name => [...(told.get(name) ?? [])]))
      const skipped = above(environment, progression).filter(other => !before.has(other.name) && isSkip(other, environment, progression, into))
      told.set(environment.name, new Set([...said, ...skipped.map(({name}) => name)]))
      const news = skipped.filter(({name}) => !said.has(name))
      if (news.length === 0) continue
      const written = (into.get(environment.name) ?? []).filter(step => step.because === 'after')
      report(written[0]?.at ?? environment.at, message(environment, news, into), {
        related: news.map(({name, at}) => ({at, message: `${name} is listed before ${environment.name}.`})),
      })
    }
  },
})

const isListed = (name: string, {environments}: Progression): boolean => environments.items.some(environment => environment.name === name)

const above = (environment: Environment, {environments}: Progression): readonly Environment[] =>
  environments.items.slice(0, environments.items.indexOf(environment)).filter(({name}) => name !== environment.name)

function isSkip(other: Environment, environment: Environment, progression: Progression, into: ReadonlyMap<string, readonly Step[]>): boolean {
  // An environment that follows nothing is a beginning of its own, unless users are in it.
  if (!into.has(environment.name) && !isProduction(environment)) return false
  if (isProduction(other)) return false
  if (other.tier.state === 'known' && environment.tier.state === 'known' && tiers.indexOf(other.tier.value) >= tiers.indexOf(environment.tier.value))
    return false
  return !progression.environments.items.some(({name}) => {
    const before = ancestors(name, into)
    return before.has(other.name) && before.has(environment.name)
  })
}

function message({name}: Environment, skipped: readonly Environment[], into: ReadonlyMap<string, readonly Step[]>): string {
  const missed = skipped.map(environment => environment.name)
  const before = (into.get(name) ?? []).map(({from}) => from)
  const reached =
    before.length > 0 ? `${name} comes after ${inWords(before)} and skips ${inWords(missed)}` : `${name} comes after nothing and skips ${inWords(missed)}`
  return `${reached}: a release gets there untested by ${missed.length === 1 ? 'it' : 'them'}. Name ${inWords(missed.slice(-1))} in after, or declare the short way as a lane.`
}
