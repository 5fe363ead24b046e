import type {Related} from '../../model/finding.ts'
import type {Environment, Progression} from '../../model/progression.ts'
import {defineRule, type Report, type Rule} from '../rule.ts'
import {type Difference, isAllowed} from './difference.ts'
import {type Compared, comparedObjects, type Matched, match} from './objects.ts'
import {type Pair, pairs} from './pairs.ts'
import {type Different, message, sideOf} from './words.ts'

/** What a comparison may look at beside the two objects. */
export type Sides = {readonly earlier: readonly Compared[]; readonly later: readonly Compared[]; readonly matched: Matched; readonly progression: Progression}

export type Comparison = {
  readonly title: string
  /** What differs, in a sentence: `resources`. */
  readonly subject: string
  /** Kinds that are looked at. */
  readonly kinds: ReadonlySet<string>
  compare(earlier: Compared, later: Compared, sides: Sides): readonly Difference[]
  /** Whether an object that only one environment has is told. Left out, another rule says so. */
  isToldAlone?(object: Compared, sides: Sides): boolean
}

/** A rule that compares what two environments are made of, object by object: one finding a pair, with everything that differs. */
export const defineComparison = (comparison: Comparison): Rule =>
  defineRule({
    title: comparison.title,
    level: 'warning',
    needs: 'manifests',
    check(progression, report) {
      const read = new Map<Environment, ReturnType<typeof comparedObjects>>()
      const of = (environment: Environment): ReturnType<typeof comparedObjects> => {
        const known = read.get(environment) ?? comparedObjects(environment)
        read.set(environment, known)
        return known
      }
      for (const pair of pairs(progression)) {
        const [earlier, later] = [of(pair.earlier), of(pair.later)]
        if (earlier.state !== 'known' || later.state !== 'known') continue
        const sides = {earlier: earlier.value, later: later.value, matched: match(earlier.value, later.value), progression}
        tell(pair, comparison, different(comparison, sides, pair), progression, report)
      }
    },
  })

function different(comparison: Comparison, sides: Sides, {declared}: Pair): readonly Different[] {
  const allow = declared?.allow ?? []
  const {both, onlyEarlier, onlyLater} = sides.matched
  const changed = both.flatMap(([earlier, later]): Different[] => {
    if (!comparison.kinds.has(earlier.kind)) return []
    const differences = comparison.compare(earlier, later, sides).filter(one => !isAllowed(one, [earlier, later], allow))
    return differences.length > 0 ? [{earlier, later, differences}] : []
  })
  const alone = (objects: readonly Compared[], only: 'earlier' | 'later'): readonly Different[] =>
    objects.flatMap((one): Different[] => {
      if (!comparison.kinds.has(one.kind) || !comparison.isToldAlone?.(one, sides)) return []
      return isAllowed({path: '', label: '', only}, [one], allow) ? [] : [{[only]: one, differences: []}]
    })
  return [...changed, ...alone(onlyEarlier, 'earlier'), ...alone(onlyLater, 'later')]
}

function tell(pair: Pair, {subject}: Comparison, found: readonly Different[], {document}: Progression, report: Report): void {
  if (found.length === 0) return
  const {earlier, later, declared} = pair
  const related: Related[] = [{at: later.at, message: sideOf(pair, found)}]
  if (declared) related.push({at: declared.at, message: `Parity between ${earlier.name} and ${later.name} is declared here.`})
  for (const one of found.flatMap(({earlier: before, later: after}) => [before, after]).slice(0, 6)) {
    if (one?.manifest.at) related.push({at: one.manifest.at, message: `${one.kind} ${one.name} comes from here.`})
  }
  report(earlier.at, message(pair, subject, found, document), {level: declared ? 'warning' : 'hint', related})
}
