import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'
import {arrivals, unreachable, way} from './chains.ts'

/** What comes after a circle. The circle itself is the business of order/cycle, and the mistake to correct. */
export const orderUnreachable = defineRule({
  title: 'Environment can never be reached',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    const into = arrivals(progression)
    const stuck = unreachable(new Set(progression.environments.items.map(({name}) => name)), into)
    if (stuck.size === 0) return
    const circling = new Set([...stuck].filter(name => way(name, name, into)))
    const told = new Set<string>()
    for (const {name, at} of progression.environments.items) {
      if (!stuck.has(name) || circling.has(name) || told.has(name)) continue
      told.add(name)
      const before = [...circling].filter(other => way(other, name, into))
      const related = progression.environments.items.filter(other => before.includes(other.name))
      report(at, `No release can ever reach ${name}: it comes after ${inWords(before, 4)}, which wait for each other.`, {
        related: related.map(other => ({at: other.at, message: `${other.name} is part of the circle.`})),
      })
    }
  },
})
