import type {Gate} from '../model/gate.ts'
import type {Environment, Progression} from '../model/progression.ts'
import {gateNamed} from './queries.ts'

/** Environments none of whose gates is what is asked for; what cannot be read counts as if it were. */
export function unmonitored(progression: Progression, wanted: (gate: Gate) => boolean): readonly Environment[] {
  if (progression.gates.open.length > 0) return []
  return progression.environments.items.filter(({gates, steps}) => {
    if (gates.open.length > 0 || steps.open.length > 0) return false
    return gates.items.every(use => {
      const gate = gateNamed(progression, use.name)
      return gate !== undefined && !wanted({...gate, ...use.overrides})
    })
  })
}
