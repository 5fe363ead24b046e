import {type Environment, isProduction, type Progression} from '../../model/progression.ts'
import {defineRule} from '../rule.ts'
import {ancestors, arrivals} from './chains.ts'

/** A production that a release reaches first, along the progression or along a lane. */
export const directToProduction = defineRule({
  title: 'Release goes straight to production',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    const {environments, transitions, lanes} = progression
    if (environments.open.length > 0) return
    const into = arrivals(progression)
    const isBefore = (environment: Environment): boolean => !isProduction(environment) && environment.production.state === 'known'
    const unread = (environment: Environment): boolean => environment.production.state !== 'known'
    for (const environment of environments.items.filter(isProduction)) {
      const {name, at} = environment
      const before = ancestors(name, into)
      const steps = environments.items.filter(other => before.has(other.name))
      if (transitions.open.length > 0 || before.has(name) || steps.some(other => isBefore(other) || unread(other)) || isUnknown(before, progression)) continue
      report(at, `Nothing comes before ${name}: a release meets its users untested. List an environment above it, or name one in after.`)
    }
    for (const lane of lanes.items) {
      const [first] = lane.through.items
      const reached = first && environments.items.find(({name}) => name === first.environment)
      if (!first || !reached || lane.through.open.length > 0 || !isProduction(reached)) continue
      report(
        first.at,
        `The lane ${lane.name} begins in ${reached.name}: a hotfix meets its users untested. Put an environment before it, if only for a smoke test.`,
      )
    }
  },
})

/** A name that no environment bears may have been meant for any of them. */
const isUnknown = (before: ReadonlySet<string>, {environments}: Progression): boolean =>
  [...before].some(name => !environments.items.some(environment => environment.name === name))
