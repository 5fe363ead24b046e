import {replaceWord} from '../../fixes/replace-word.ts'
import {isProduction, type Progression} from '../../model/progression.ts'
import {bounds} from '../../promql/bounds.ts'
import {type Binary, bare, constant, type Expression, partsOf} from '../../promql/expression.ts'
import {isFilter} from '../../promql/labels.ts'
import {withoutData} from '../../promql/without-data.ts'
import {type Judged, judgedOf, type Limits, limitsOf} from '../judged.ts'
import {type Asked, askedOf, changeIn, placeIn, usesByName, usesOf} from '../queries.ts'
import {defineRule, type Report} from '../rule.ts'
import {plainNumber} from '../words-of-numbers.ts'

/** Limits that every value keeps, and queries that answer well when nothing is measured. Only what is certain from the text. */
export const gateCannotFail = defineRule({
  title: 'Gate cannot fail',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const one of judgedOf(progression)) {
      unlimited(one, progression, report)
      const {keys} = one
      const asked = askedOf(keys.query)
      const limits = limitsOf(keys)
      // Divided by the value of another release, a number may be anything.
      if (!asked?.read.expression || !limits || keys.compare.state !== 'absent') continue
      if (limits.low <= limits.high) judge(one, asked, asked.read.expression, limits, report)
    }
    for (const {environment, use, gate} of usesOf(progression)) {
      const onNoData = use.overrides.onNoData ?? gate?.onNoData
      if (!isProduction(environment) || onNoData?.state !== 'known' || onNoData.value !== 'skip') continue
      report(
        onNoData.at,
        `${use.name} is skipped in ${environment.name} where it has no data, so a release that nobody measured gets there. A production takes inconclusive or fail.`,
        {
          related: [{at: use.at, message: `${environment.name} asks ${use.name}.`}],
        },
      )
    }
  },
})

/** A query whose answer nobody limits. Other environments may limit it where they name the gate. */
function unlimited({name, gate, keys, use, environment}: Judged, progression: Progression, report: Report): void {
  if (keys.query.state !== 'known' || [keys.max, keys.min, keys.between, keys.alerts].some(({state}) => state !== 'absent')) return
  const uses = usesByName(progression).get(name) ?? []
  const isUnused = uses.length === 0 && progression.environments.open.length === 0
  if (!use && !isUnused && uses.every(one => Object.keys(one.use.overrides).length > 0)) return
  const who = use && environment ? `${name} in ${environment.name}` : name
  report(use?.at ?? gate.at, `${who} has no limit, so no answer of its query fails it. Add max:, min: or between:.`)
}

function judge({name, keys}: Judged, asked: Asked, expression: Expression, limits: Limits, report: Report): void {
  const top = bare(expression)
  const {low, high} = bounds(isFilter(top) ? top.left : top)
  if (isWithin({low, high}, limits)) {
    const {max, min} = limits
    const value = max?.value ?? 0
    const isShare = low === 0 && high === 1
    const what = isShare ? 'a share' : 'a number'
    const never =
      limits.high === Number.POSITIVE_INFINITY
        ? `never below ${plainNumber(low)}`
        : low === high
          ? `always ${plainNumber(low)}`
          : min
            ? `always from ${plainNumber(low)} to ${plainNumber(high)}`
            : `never above ${plainNumber(high)}`
    const isPercent = max && !min && isShare && max.unit === 'number' && value > 1 && value <= 100
    report(
      limits.at,
      `${name} is ${what} that is ${never}, so ${limits.words} cannot fail it.${isPercent ? ` For ${max.written} percent write ${max.written}%.` : ''}`,
      {
        fix: isPercent ? replaceWord.for({word: `${max.written}%`}) : undefined,
        related: [{at: asked.at, message: `The query of ${name}.`}],
      },
    )
    return
  }
  if (isFilter(top) && isWithin(bounds(top), limits)) {
    const at = placeIn(asked, {start: top.operatorAt.start, end: top.end})
    const comparison = asked.read.text.slice(top.operatorAt.start, top.end)
    report(
      at,
      `A bad value does not get through ${comparison}: it leaves no data instead of a number that ${limits.words} refuses, and ${name} cannot fail. Take the comparison out.`,
      {
        fix: top === expression ? changeIn(asked, at, {start: top.left.end, end: top.end, text: ''}, `Take out ${comparison}`) : undefined,
      },
    )
    return
  }
  if (keys.traffic.state === 'absent') fallback(name, asked, expression, limits, report)
}

const isWithin = (inner: {low: number; high: number}, outer: {low: number; high: number}): boolean => inner.low >= outer.low && inner.high <= outer.high

/** `… or vector(0)` behind a quotient or a quantile: nothing measured counts as nothing wrong. Behind a count alone it means just that. */
function fallback(name: string, asked: Asked, expression: Expression, limits: Limits, report: Report): void {
  const value = withoutData(expression)
  if (typeof value !== 'number' || !(value >= limits.low && value <= limits.high)) return
  const parts = partsOf(expression)
  const isMeasured = parts.some(
    one => (one.kind === 'binary' && one.operator === '/' && constant(one.right) === undefined) || (one.kind === 'call' && one.name === 'histogram_quantile'),
  )
  const or = parts.find((one): one is Binary => one.kind === 'binary' && one.operator === 'or' && constant(one.right) !== undefined)
  if (!isMeasured || !or) return
  const isWhole = or === bare(expression)
  const at = placeIn(asked, {start: or.operatorAt.start, end: or.end})
  const written = asked.read.text.slice(or.operatorAt.start, or.end)
  report(
    at,
    `Where nothing is measured, ${name} answers ${plainNumber(value)}, which ${limits.words} calls good: it passes without data. Take out ${written}, so that onNoData decides, or add traffic:.`,
    {
      fix: isWhole && or === expression ? changeIn(asked, at, {start: or.left.end, end: or.end, text: ''}, `Take out ${written}`) : undefined,
    },
  )
}
