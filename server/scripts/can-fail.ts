import {type Fact, known} from '../model/fact.ts'
import type {Scenario, Script} from '../model/script.ts'
import type {Step, StepKind} from '../model/step.ts'

/** The trouble that a step is there to notice. */
const troubles: Partial<Record<StepKind, Scenario>> = {smoke: 'refused', load: 'slow', scan: 'findings'}

/** Whether what a step looks for can make it fail, as far as its script says. */
export function canFailOf({kind, canFail}: Step, script: Fact<Script>): Fact<boolean> {
  const trouble = troubles[kind]
  if (script.state !== 'known' || trouble === undefined) return canFail
  const {passes, notices, k6, at} = script.value
  if (passes.some(({scenario}) => scenario === trouble)) return known(false, at)
  if (kind === 'smoke' && notices) return known(true, at)
  if (kind !== 'load' || !k6) return canFail
  if (k6.thresholds.state === 'absent') return k6.mayAbort ? canFail : known(false, at)
  return k6.thresholds.state === 'known' && k6.thresholds.value.some(({isKept}) => !isKept) ? known(true, at) : canFail
}
