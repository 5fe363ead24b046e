import type {Progression} from '../../model/progression.ts'
import {defineRule} from '../rule.ts'
import {arrivals, type Step, unreachable, way} from './chains.ts'

/** One finding a cycle, at the transition that goes back up the list: the one an author wrote last and can take away. */
export const orderCycle = defineRule({
  title: 'Environments wait for each other',
  level: 'error',
  needs: 'text',
  check(progression, report) {
    const into = arrivals(progression)
    const told = new Set<string>()
    const names = progression.environments.items.map(({name}) => name)
    for (const name of unreachable(names, into)) {
      if (told.has(name)) continue
      const cycle = way(name, name, into)
      if (!cycle) continue
      for (const {to} of cycle) told.add(to)
      const back = backwards(cycle, progression)
      const others = cycle.filter(step => step !== back && step.because === 'after')
      report(back.at, message(cycle, back), {related: others.map(({at, from, to}) => ({at, message: `${to} comes after ${from}.`}))})
    }
  },
})

/** The transition of a cycle that was written with `after` and leads from further down the list to further up. */
function backwards(cycle: readonly Step[], {environments}: Progression): Step {
  const position = (name: string): number => environments.items.findIndex(environment => environment.name === name)
  const written = cycle.filter(step => step.because === 'after')
  const [first] = (written.length > 0 ? written : cycle).toSorted((a, b) => position(b.from) - position(b.to) - (position(a.from) - position(a.to)))
  if (!first) throw new Error('a cycle has at least one transition')
  return first
}

function message(cycle: readonly Step[], back: Step): string {
  if (cycle.length === 1) return `${back.to} comes after itself, so it can never be reached. Name the environment before it, or leave after out.`
  const names = cycle.map(({from}) => from)
  const start = names.indexOf(back.to)
  const round = [...names.slice(start), ...names.slice(0, start), back.to]
  return `${round.join(' → ')}: these environments wait for each other, so none of them can be reached. Take ${back.from} out of the after of ${back.to}.`
}
