import {field, isJson} from '../manifests.ts'
import {defineComparison} from './comparison.ts'
import {podLabels} from './containers.ts'
import {type Aspect, differences} from './difference.ts'
import {normal} from './normal.ts'
import type {Compared} from './objects.ts'

/** One finding a pair. A budget of pods that only one environment has is not told; the workload is. */
export const parityDisruptionBudget = defineComparison({
  title: 'Environments allow different disruptions',
  subject: 'disruption budgets',
  kinds: new Set(['PodDisruptionBudget']),
  compare: (earlier, later) => differences(limits(earlier), limits(later)),
  isToldAlone(budget, {earlier, later, matched}) {
    const covered = (earlier.includes(budget) ? earlier : later).filter(one => isCovered(one, budget))
    return covered.length === 0 || covered.some(one => matched.both.some(pair => pair.includes(one)))
  },
})

function limits({object}: Compared): readonly Aspect[] {
  const {minAvailable, maxUnavailable, unhealthyPodEvictionPolicy} = {...(isJson(object.spec) ? object.spec : {})}
  // The default of policy/v1.
  const eviction = unhealthyPodEvictionPolicy ?? 'IfHealthyBudget'
  return Object.entries({minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: eviction}).flatMap(([label, value]) =>
    value === undefined || value === null ? [] : [{path: `spec.${label}`, label, normal: normal(value), amount: typeof value === 'number' ? value : undefined}],
  )
}

function isCovered(workload: Compared, budget: Compared): boolean {
  const [labels, wanted] = [podLabels(workload), field(budget.object, 'spec', 'selector', 'matchLabels')]
  return isJson(labels) && isJson(wanted) && Object.entries(wanted).every(([key, value]) => labels[key] === value)
}
