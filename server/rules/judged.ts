import type {Fact} from '../model/fact.ts'
import type {Gate, GateKeys, GateUse, Limit} from '../model/gate.ts'
import type {Place} from '../model/place.ts'
import type {Environment, Progression} from '../model/progression.ts'
import {remembered} from '../model/remembered.ts'
import {usesOf} from './queries.ts'

/** A gate with what holds of it: as it is declared, or as one environment asks it. */
export type Judged = {readonly name: string; readonly gate: Gate; readonly keys: GateKeys; readonly use?: GateUse; readonly environment?: Environment}

/** Every gate as it is declared, then as each environment asks it that says something of its own. */
export const judgedOf = remembered((progression: Progression): readonly Judged[] => [
  ...progression.gates.items.map(gate => ({name: gate.name, gate, keys: gate})),
  ...usesOf(progression).flatMap(({environment, use, gate}) =>
    gate && Object.keys(use.overrides).length > 0 ? [{name: gate.name, gate, keys: {...gate, ...use.overrides}, use, environment}] : [],
  ),
])

/** The values a gate calls good, with the place of the limits; undefined where there are none or one of them is not known. */
export type Limits = {readonly low: number; readonly high: number; readonly at: Place; readonly words: string; readonly max?: Limit; readonly min?: Limit}

const isSettled = (fact: Fact<unknown>): boolean => fact.state === 'known' || fact.state === 'absent'

export function limitsOf({max, min, between}: GateKeys): Limits | undefined {
  if (![max, min, between].every(isSettled)) return undefined
  if (between.state === 'known') {
    const [low, high] = between.value
    return {low: low.value, high: high.value, at: between.at, words: `between: [${low.written}, ${high.written}]`, min: low, max: high}
  }
  const words = [...(max.state === 'known' ? [`max: ${max.value.written}`] : []), ...(min.state === 'known' ? [`min: ${min.value.written}`] : [])].join(' and ')
  if (max.state !== 'known')
    return min.state === 'known' ? {low: min.value.value, high: Number.POSITIVE_INFINITY, at: min.at, words, min: min.value} : undefined
  return min.state === 'known'
    ? {low: min.value.value, high: max.value.value, at: max.at, words, min: min.value, max: max.value}
    : {low: Number.NEGATIVE_INFINITY, high: max.value.value, at: max.at, words, max: max.value}
}
