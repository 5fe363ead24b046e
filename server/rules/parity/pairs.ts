import type {Place} from '../../model/place.ts'
import {type Environment, environmentNamed, type ParityAllowance, type Progression} from '../../model/progression.ts'

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
  const pair = (from: string, to: string, declared?: Pair['declared']): Pair[] => {
    const [one, other] = [environmentNamed(progression, from), environmentNamed(progression, to)]
    if (!one || !other || one === other) return []
    const inOrder = progression.environments.items.indexOf(one) < progression.environments.items.indexOf(other)
    return [{earlier: inOrder ? one : other, later: inOrder ? other : one, declared}]
  }
  if (parity.state === 'known')
    return parity.value.flatMap(({between, allow, at}) => between.slice(1).flatMap((name, index) => pair(between[index] ?? '', name, {allow, at})))
  if (parity.state !== 'absent') return []
  return transitions.items.flatMap(({from, to}) => (typeof from === 'string' ? pair(from, to) : []))
}
