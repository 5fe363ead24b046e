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
    const tested = progression.environments.items.flatMap(environment => {
      const load = environment.steps.items.find(({kind}) => kind === 'load')
      return load ? [{environment, load, here: workloads(environment)}] : []
    })
    // One that is as large as production speaks for the others, and the last of them is the nearest to it.
    const last = tested.at(-1)
    if (!last || tested.some(({environment, here}) => here.state !== 'known' || isDeclared(progression, environment.name, production.name))) return
    const compared = tested.map(({here}) => (here.state === 'known' ? fewer(here.value, there.value) : []))
    const [worst] = compared.at(-1) ?? []
    if (!worst || compared.some(found => found.length === 0)) return
    const {one, other} = worst
    report(
      last.load.at,
      `The load test of ${last.environment.name} runs against ${pods(one)}, and ${production.name} has ${other.lowest}: what holds here says little about what holds there. Raise the number, or declare under parity: by how much they may differ.`,
      {related: [one, other].flatMap(({at, name, lowest}) => (at ? [{at, message: `${name} has ${lowest} here.`}] : []))},
    )
  },
})

/** Workloads with at most fewer pods here than there are at least there, the furthest apart first. */
const fewer = (here: readonly Workload[], there: readonly Workload[]): readonly {readonly one: Workload; readonly other: Workload}[] =>
  here
    .flatMap(one => {
      const other = there.find(({kind, plainName}) => kind === one.kind && plainName === one.plainName)
      return other && one.highest < other.lowest ? [{one, other}] : []
    })
    .toSorted((a, b) => a.one.highest / a.other.lowest - b.one.highest / b.other.lowest)

const pods = ({name, highest}: Workload): string => `${highest} ${highest === 1 ? 'pod' : 'pods'} of ${name}`

/** `parity:` speaks of the two and of how many pods they have. */
function isDeclared({parity}: Progression, one: string, other: string): boolean {
  if (parity.state === 'absent') return false
  if (parity.state !== 'known') return true
  return parity.value.some(
    ({between, allow}) => between.includes(one) && between.includes(other) && allow.some(({field}) => field === undefined || field === 'spec.replicas'),
  )
}
