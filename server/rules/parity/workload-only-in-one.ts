import {defineComparison} from './comparison.ts'
import {containers, podKinds} from './containers.ts'
import {type Aspect, differences} from './difference.ts'
import type {Compared} from './objects.ts'

/** One finding a pair: workloads, and containers of workloads that both have. */
export const parityWorkloadOnlyInOne = defineComparison({
  title: 'Workload stands in one environment only',
  subject: 'what they run',
  kinds: podKinds,
  compare: (earlier, later) => differences(names(earlier), names(later)),
  isToldAlone: () => true,
})

/** A container without a name cannot be looked for. */
const names = (object: Compared): readonly Aspect[] =>
  containers(object).flatMap(({name, path, isInit}) =>
    name === '' ? [] : [{path, label: `${isInit ? 'init container' : 'container'} ${name}`, normal: '', shown: ''}],
  )
