import {isProduction, type Progression} from '../../model/progression.ts'
import {type Workload, workloads} from '../parity/workloads.ts'
import {defineRule} from '../rule.ts'

/** A load test against fewer pods than production has, which says little about production. Silent where somebody said by how much they differ. */
export const loadBelowProduction = defineRule({
  title: 'Load test runs against fewer pods than production has',
  level: 'hint',
  needs: 'manifests',
  check(progression, report) {
    const productions = progression.environments.items.filter(isProduction)
    const [production] = productions
    // Where production itself is tested, the others need not stand for it.
    if (!production || productions.some(({steps}) => steps.open.length > 0 || steps.items.some(({kind}) => kind === 'load'))) return
    const there = workloads(production)
    if (there.state !== 'known') return
    for (const environment of progression.environments.items) {
      const load = environment.steps.items.find(({kind}) => kind === 'load')
      const here = workloads(environment)
      if (!load || here.state !== 'known' || isDeclared(progression, environment.name, production.name)) continue
      const fewer = here.value.flatMap(one => {
        const other = there.value.find(({kind, plainName}) => kind === one.kind && plainName === one.plainName)
        return other && one.highest < other.lowest ? [{one, other}] : []
      })
      const [worst] = fewer.toSorted((a, b) => a.one.highest / a.other.lowest - b.one.highest / b.other.lowest)
      if (!worst) continue
      const {one, other} = worst
      report(
        load.at,
        `The load test of ${environment.name} runs against ${pods(one)}, and ${production.name} has ${other.lowest}: what holds here says little about what holds there. Raise the number, or declare under parity: by how much they may differ.`,
        {related: [one, other].flatMap(({at, name, lowest}) => (at ? [{at, message: `${name} has ${lowest} here.`}] : []))},
      )
    }
  },
})

const pods = ({name, highest}: Workload): string => `${highest} ${highest === 1 ? 'pod' : 'pods'} of ${name}`

/** `parity:` speaks of the two and of how many pods they have. */
function isDeclared({parity}: Progression, one: string, other: string): boolean {
  if (parity.state === 'absent') return false
  if (parity.state !== 'known') return true
  return parity.value.some(
    ({between, allow}) => between.includes(one) && between.includes(other) && allow.some(({field}) => field === undefined || field === 'spec.replicas'),
  )
}
