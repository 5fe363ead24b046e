import type {Related} from '../../model/finding.ts'
import type {Environment, ParityAllowance} from '../../model/progression.ts'
import {defineRule, type Report} from '../rule.ts'
import {inWords} from '../words.ts'
import {type Pair, pairs} from './pairs.ts'
import {type Workload, workloads} from './workloads.ts'

/** One finding a pair and side, at the environment with fewer pods. What is there only once is parity/workload-only-in-one. */
export const parityReplicas = defineRule({
  title: 'Environments run different numbers of pods',
  level: 'warning',
  needs: 'manifests',
  check(progression, report) {
    const read = new Map<Environment, ReturnType<typeof workloads>>()
    const of = (environment: Environment): ReturnType<typeof workloads> => {
      const known = read.get(environment) ?? workloads(environment)
      read.set(environment, known)
      return known
    }
    for (const pair of pairs(progression)) {
      const [earlier, later] = [of(pair.earlier), of(pair.later)]
      if (earlier.state !== 'known' || later.state !== 'known') continue
      const differences = compare(earlier.value, later.value, pair.declared?.allow ?? [])
      tell(
        pair,
        pair.earlier,
        pair.later,
        differences.filter(one => one.side === 'earlier'),
        report,
      )
      tell(
        pair,
        pair.later,
        pair.earlier,
        differences.filter(one => one.side === 'later'),
        report,
      )
    }
  },
})

type Difference = {
  readonly side: 'earlier' | 'later'
  readonly smaller: Workload
  readonly larger: Workload
  /** Smaller ÷ larger, at the limit where they differ most. */
  readonly ratio: number
  /** The declared allowance that comes closest and is not enough. */
  readonly allowed?: ParityAllowance & {readonly ratio: number}
}

function compare(earlier: readonly Workload[], later: readonly Workload[], allow: readonly ParityAllowance[]): readonly Difference[] {
  const found = earlier.flatMap((one): Difference[] => {
    const other = later.find(({kind, plainName}) => kind === one.kind && plainName === one.plainName)
    if (!other) return []
    const ratio = Math.min(share(one.lowest, other.lowest), share(one.highest, other.highest))
    if (ratio === 1) return []
    const allowances = allow.filter(allowance => speaksOf(allowance, one) || speaksOf(allowance, other))
    if (allowances.some(allowance => allowance.ratio === undefined || ratio >= allowance.ratio - 1e-9)) return []
    const allowed = allowances
      .filter((allowance): allowance is ParityAllowance & {readonly ratio: number} => allowance.ratio !== undefined)
      .toSorted((a, b) => a.ratio - b.ratio)[0]
    const isSmaller = one.highest === other.highest ? one.lowest < other.lowest : one.highest < other.highest
    return [isSmaller ? {side: 'earlier', smaller: one, larger: other, ratio, allowed} : {side: 'later', smaller: other, larger: one, ratio, allowed}]
  })
  return found.toSorted((a, b) => a.ratio - b.ratio || (a.smaller.name < b.smaller.name ? -1 : 1))
}

const share = (one: number, other: number): number => (one === other ? 1 : Math.min(one, other) / Math.max(one, other))

function speaksOf({kind, name, field}: ParityAllowance, workload: Workload): boolean {
  if (name !== undefined && name !== workload.name && name !== workload.plainName) return false
  if (kind !== undefined && kind !== workload.kind && kind !== workload.autoscaler) return false
  return field === undefined || field === 'spec.replicas' || (workload.autoscaler !== undefined && /^spec\.(min|max)Replica(s|Count)$/.test(field))
}

function tell({declared}: Pair, smaller: Environment, larger: Environment, differences: readonly Difference[], report: Report): void {
  const [worst] = differences
  if (!worst) return
  const related: Related[] = [
    {
      at: larger.at,
      message: `${larger.name}: ${inWords(
        differences.map(one => pods(one.larger)),
        3,
      )}.`,
    },
  ]
  if (declared) related.push({at: declared.at, message: `Parity between ${smaller.name} and ${larger.name} is declared here.`})
  for (const {at, name} of differences.flatMap(one => [one.smaller, one.larger]).slice(0, 6)) if (at) related.push({at, message: `${name} comes from here.`})
  report(smaller.at, message(smaller.name, larger.name, worst, differences, declared !== undefined), {level: declared ? 'warning' : 'hint', related})
}

function message(smaller: string, larger: string, worst: Difference, differences: readonly Difference[], isDeclared: boolean): string {
  const wayOut = isDeclared ? 'Bring them closer, or allow the difference under parity.' : 'Bring them closer, or say under parity what may differ.'
  if (differences.length > 1) {
    const listed = differences.map(one => `${one.smaller.plainName} ${range(one.smaller)} against ${range(one.larger)}`)
    return `${smaller} runs fewer pods than ${larger}: ${inWords(listed, 3)}. ${wayOut}`
  }
  const limit = worst.allowed
    ? ` That is a ratio of ${twoDigits(worst.ratio)}; ${worst.allowed.ratio} is allowed${worst.allowed.reason ? ` (${worst.allowed.reason})` : ''}.`
    : ''
  return `${smaller} runs ${pods(worst.smaller)} where ${larger} runs ${range(worst.larger)}.${limit} ${wayOut}`
}

const range = ({lowest, highest}: Workload): string => (lowest === highest ? `${lowest}` : `${lowest}–${highest}`)

const pods = (workload: Workload): string => `${range(workload)} ${workload.lowest === 1 && workload.highest === 1 ? 'pod' : 'pods'} of ${workload.name}`

const twoDigits = (ratio: number): string => (ratio === 0 ? '0' : `${Number(ratio.toPrecision(2))}`)
