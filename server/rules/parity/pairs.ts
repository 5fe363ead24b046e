import type {Place} from '../../model/place.ts'
import type {Environment, ParityAllowance, Progression} from '../../model/progression.ts'

/** Two environments that are compared, the earlier one first, and what was declared of them. */
export type Pair = {
  readonly earlier: Environment
  readonly later: Environment
  readonly declared?: {readonly allow: readonly ParityAllowance[]; readonly at: Place}
}

/**
 * What is to be compared: what `parity:` says, or neighbours of the progression where nobody said anything. Nothing where
 * `parity:` cannot be read. A name that is no environment is the business of order/unknown-environment.
 */
export function pairs(progression: Progression): readonly Pair[] {
  const {parity, transitions} = progression
  // The first of a name counts, as everywhere.
  const byName = new Map(progression.environments.items.map((environment, index) => [environment.name, {environment, index}] as const).toReversed())
  const pair = (from: string, to: string, declared?: Pair['declared']): Pair[] => {
    const [one, other] = [byName.get(from), byName.get(to)]
    if (!one || !other || one === other) return []
    const [earlier, later] = one.index < other.index ? [one, other] : [other, one]
    return [{earlier: earlier.environment, later: later.environment, declared}]
  }
  if (parity.state === 'known')
    return parity.value.flatMap(({between, allow, at}) => between.slice(1).flatMap((name, index) => pair(between[index] ?? '', name, {allow, at})))
  if (parity.state !== 'absent') return []
  return transitions.items.flatMap(({from, to}) => (typeof from === 'string' ? pair(from, to) : []))
}
