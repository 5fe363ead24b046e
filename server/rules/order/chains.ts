import type {Progression, Transition} from '../../model/progression.ts'

export type Step = Transition & {readonly from: string}

/** Transitions between environments, without ways in from outside. */
export const steps = ({transitions}: Pick<Progression, 'transitions'>): readonly Step[] =>
  transitions.items.filter((transition): transition is Step => typeof transition.from === 'string')

const arrivalsOf = new WeakMap<Progression['transitions'], ReadonlyMap<string, readonly Step[]>>()

/** The transitions that lead into each environment, by its name; many rules ask for them. */
export function arrivals(progression: Pick<Progression, 'transitions'>): ReadonlyMap<string, readonly Step[]> {
  const {transitions} = progression
  const found = arrivalsOf.get(transitions) ?? Map.groupBy(steps(progression), ({to}) => to)
  arrivalsOf.set(transitions, found)
  return found
}

/** Every environment that has to come before one, at any distance. Ends on cycles too: then it holds the name itself. */
export function ancestors(name: string, into: ReadonlyMap<string, readonly Step[]>): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [name]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const {from} of into.get(next) ?? []) {
      if (found.has(from)) continue
      found.add(from)
      open.push(from)
    }
  }
  return found
}

/** A shortest way from one environment to another along transitions, in their order; undefined where there is none. */
export function way(from: string, to: string, into: ReadonlyMap<string, readonly Step[]>): readonly Step[] | undefined {
  const onward = new Map<string, Step>()
  const queue = [to]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const step of into.get(next) ?? []) {
      if (onward.has(step.from)) continue
      onward.set(step.from, step)
      queue.push(step.from)
    }
  }
  const steps: Step[] = []
  for (let step = onward.get(from); step; step = step.to === to ? undefined : onward.get(step.to)) steps.push(step)
  return steps.length > 0 ? steps : undefined
}

/** The environments of a progression that wait for themselves, or come after one that does: what is left when every beginning is taken away, again and again. */
export function unreachable(names: Iterable<string>, into: ReadonlyMap<string, readonly Step[]>): ReadonlySet<string> {
  const left = new Set(names)
  const waiting = new Map<string, number>()
  const onward = new Map<string, string[]>()
  for (const name of left) {
    const before = new Set((into.get(name) ?? []).map(({from}) => from).filter(from => left.has(from)))
    waiting.set(name, before.size)
    for (const from of before) onward.set(from, [...(onward.get(from) ?? []), name])
  }
  const free = [...left].filter(name => waiting.get(name) === 0)
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    left.delete(next)
    for (const name of onward.get(next) ?? []) {
      const count = (waiting.get(name) ?? 0) - 1
      waiting.set(name, count)
      if (count === 0) free.push(name)
    }
  }
  return left
}
