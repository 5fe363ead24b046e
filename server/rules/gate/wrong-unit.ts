import {replaceWord} from '../../fixes/replace-word.ts'
import type {Fact} from '../../model/fact.ts'
import type {FixReference} from '../../model/finding.ts'
import type {Limit} from '../../model/gate.ts'
import type {Place} from '../../model/place.ts'
import {bounds} from '../../promql/bounds.ts'
import {constant, type Expression, partsOf, selectorsIn} from '../../promql/expression.ts'
import {type Unit, unitOf} from '../../promql/units.ts'
import {judgedOf} from '../judged.ts'
import {askedOf, changeIn, placeIn, queriesOf} from '../queries.ts'
import {defineRule} from '../rule.ts'
import {plainNumber} from '../words-of-numbers.ts'

const words: Readonly<Record<Unit, string>> = {
  seconds: 'seconds',
  milliseconds: 'milliseconds',
  bytes: 'bytes',
  fraction: 'a fraction, of which 1 is all',
  percent: 'percent, of which 100 is all',
}

type Wrong = {readonly why: string; readonly instead?: string}

/** Limits in another unit than the query's, as far as names and calculation tell it. */
export const gateWrongUnit = defineRule({
  title: 'Limit and query are of different units',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const {name, keys} of judgedOf(progression)) {
      const asked = askedOf(keys.query)
      const expression = asked?.read.expression
      if (!asked || !expression || keys.compare.state !== 'absent') continue
      const unit = unitOf(expression)
      for (const {limit, at, key} of limitsIn(keys.max, keys.min, keys.between)) {
        const wrong = key === 'between' ? undefined : judge(limit, key, unit, expression)
        const across = key === 'between' ? foreign(limit, unit) : undefined
        const found = wrong ?? across
        if (!found) continue
        const fix: FixReference | undefined = found.instead !== undefined && key !== 'between' ? replaceWord.for({word: found.instead}) : undefined
        const advice = found.instead === undefined ? '' : ` Write ${found.instead}.`
        report(at, `${name}: ${found.why}.${advice}`, {fix, related: [{at: asked.at, message: `The query of ${name}.`}]})
      }
    }
    for (const asked of queriesOf(progression)) {
      if (!asked.read.expression) continue
      for (const part of partsOf(asked.read.expression)) {
        const quantile = part.kind === 'call' && /^(histogram_quantile|quantile_over_time)$/.test(part.name) ? part.args[0] : undefined
        const value = quantile && constant(quantile)
        if (!quantile || value === undefined || value <= 1 || value >= 100) continue
        const place = placeIn(asked, quantile)
        const instead = plainNumber(value / 100)
        report(
          place,
          `A quantile lies between 0 and 1, so ${plainNumber(value)} answers infinity. For the ${plainNumber(value)}th percentile write ${instead}.`,
          {
            fix: changeIn(asked, place, {start: quantile.start, end: quantile.end, text: instead}, `Change to ${instead}`),
          },
        )
      }
    }
  },
})

type Placed = {readonly limit: Limit; readonly at: Place; readonly key: 'max' | 'min' | 'between'}

function limitsIn(max: Fact<Limit>, min: Fact<Limit>, between: Fact<readonly [Limit, Limit]>): readonly Placed[] {
  return [
    ...(max.state === 'known' ? [{limit: max.value, at: max.at, key: 'max' as const}] : []),
    ...(min.state === 'known' ? [{limit: min.value, at: min.at, key: 'min' as const}] : []),
    ...(between.state === 'known' ? between.value.map(limit => ({limit, at: between.at, key: 'between' as const})) : []),
  ]
}

function judge(limit: Limit, key: 'max' | 'min', unit: Unit | undefined, expression: Expression): Wrong | undefined {
  const {value, written} = limit
  if (limit.unit !== 'number') return foreign(limit, unit)
  const {low, high} = bounds(expression)
  // A max above 1 never fails, which is another rule's business; a min above 1 never passes.
  if (key === 'min' && low === 0 && high === 1 && value > 1)
    return {why: `the query answers a share, which never reaches ${written}`, instead: value <= 100 ? `${written}%` : undefined}
  if (unit === 'percent' && key === 'min' && value > 0.5 && value <= 1)
    return {why: `the query answers ${words.percent}, and ${written} is less than a hundredth of it`, instead: plainNumber(value * 100)}
  const isRequestTime = unit === 'seconds' && selectorsIn(expression).every(({name}) => /http|request|grpc|rpc/.test(name?.text ?? ''))
  if (isRequestTime && key === 'max' && value >= 100)
    return {why: `the query answers seconds, and ${written} of them are ${minutes(value)}`, instead: `${written}ms`}
  return undefined
}

/** A limit that says its unit, against a query whose unit is known to be another. */
function foreign({value, unit: given, written}: Limit, unit: Unit | undefined): Wrong | undefined {
  if (!unit) return undefined
  if (given === 'duration') {
    if (unit === 'seconds') return undefined
    if (unit === 'milliseconds')
      return {why: `${written} counts as ${plainNumber(value)} seconds, and the query answers milliseconds`, instead: plainNumber(value * 1000)}
    return {why: `${written} is a time, and the query answers ${words[unit]}`}
  }
  if (given === 'percent') {
    if (unit === 'fraction') return undefined
    if (unit === 'percent')
      return {why: `${written} counts as ${plainNumber(value)}, and the query answers ${words.percent}`, instead: plainNumber(value * 100)}
    return {why: `${written} is a share, and the query answers ${words[unit]}`}
  }
  if (given === 'quantity' && unit !== 'bytes') return {why: `${written} is ${plainNumber(value)}, and the query answers ${words[unit]}`}
  return undefined
}

const minutes = (seconds: number): string => (seconds < 120 ? `${plainNumber(seconds)} seconds` : `${plainNumber(Math.round(seconds / 6) / 10)} minutes`)
