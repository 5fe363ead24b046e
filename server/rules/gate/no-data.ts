import {bounds} from '../../promql/bounds.ts'
import {type Aggregation, bare, type Expression, type Matcher, partsOf, unmoved} from '../../promql/expression.ts'
import {isFilter, labelsOf, unmatched} from '../../promql/labels.ts'
import {judgedOf, limitsOf} from '../judged.ts'
import {type Asked, askedOf, changeIn, placeIn, queriesOf} from '../queries.ts'
import {defineRule, type Report} from '../rule.ts'
import {inWords} from '../words.ts'

/** Queries that answer nothing whatever is measured, or nothing while all is well. Only what is certain from the text. */
export const gateNoData = defineRule({
  title: 'Gate gets no data',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const asked of queriesOf(progression)) if (asked.read.expression) for (const part of partsOf(asked.read.expression)) neverAnswers(part, asked, report)
    for (const {name, keys} of judgedOf(progression)) {
      const asked = askedOf(keys.query)
      const limits = limitsOf(keys)
      if (!asked?.read.expression || !limits || limits.low > limits.high || keys.compare.state !== 'absent') continue
      const {expression, text} = asked.read
      const top = bare(expression)
      const values = bounds(top)
      if (values.low <= limits.high && values.high >= limits.low && !isEdge(top, limits.high, limits.low)) continue
      if (isFilter(top)) {
        const at = placeIn(asked, {start: top.operatorAt.start, end: top.end})
        const comparison = text.slice(top.operatorAt.start, top.end)
        report(
          at,
          `Only bad values get through ${comparison}: while all is well ${name} has no data, and it never passes. Take the comparison out: ${limits.words} judges the number itself.`,
          {
            fix: top === expression ? changeIn(asked, at, {start: top.left.end, end: top.end, text: ''}, `Take out ${comparison}`) : undefined,
          },
        )
      } else if (isCounting(top) && limits.low <= 0 && limits.high >= 0) {
        const at = placeIn(asked, 'nameAt' in top ? top.nameAt : top)
        report(at, `${top.name} answers nothing where there is nothing to count, and never 0: ${name} never passes. Add "or vector(0)".`, {
          fix: changeIn(asked, at, {start: top.end, end: top.end, text: ' or vector(0)'}, 'Add or vector(0)'),
        })
      }
    }
  },
})

/** `x > 0.01` with max: 0.01: the limit itself does not get through either. */
function isEdge(top: Expression, high: number, low: number): boolean {
  if (!isFilter(top)) return false
  const {low: least, high: most} = bounds(top)
  return (top.operator === '>' && least === high) || (top.operator === '<' && most === low)
}

const isCounting = (expression: Expression): expression is Extract<Expression, {kind: 'call' | 'aggregation'}> =>
  (expression.kind === 'aggregation' && (expression.name === 'count' || expression.name === 'group') && !expression.grouping) ||
  (expression.kind === 'call' && (expression.name === 'absent' || expression.name === 'absent_over_time'))

function neverAnswers(part: Expression, asked: Asked, report: Report): void {
  if (part.kind === 'selector') {
    const [one, other] = contradiction(part.matchers)
    if (one && other)
      report(
        placeIn(asked, other),
        `No series has ${one.label} ${one.value} and ${one.label} ${other.value} at once. For either write ${one.label}=~"${one.value}|${other.value}".`,
      )
  }
  if (part.kind === 'binary') {
    const labels = unmatched(part)
    if (labels.length === 0) return
    const at = placeIn(asked, part.operatorAt)
    report(
      at,
      `The sides of ${part.operator} never match: only one of them has the ${labels.length === 1 ? 'label' : 'labels'} ${inWords(labels)}. Group both by the same labels, or say on(…) with group_left or group_right.`,
    )
  }
  if (part.kind === 'call' && part.name === 'histogram_quantile') withoutBuckets(part.args[1], asked, report)
}

/** Two values that one label would need at the same time. */
function contradiction(matchers: readonly Matcher[]): readonly [Matcher, Matcher] | readonly [] {
  for (const [index, one] of matchers.entries()) {
    if (one.operator !== '=' || !one.known) continue
    const other = matchers.slice(index + 1).find(({label, operator, value, known}) => label === one.label && operator === '=' && known && value !== one.value)
    if (other) return [one, other]
  }
  return []
}

/** Classic buckets are told apart by le: without it there is no histogram left. */
function withoutBuckets(argument: Expression | undefined, asked: Asked, report: Report): void {
  const buckets = argument && unmoved(argument)
  if (buckets?.kind !== 'aggregation' || !/^(sum|avg|max|min)$/.test(buckets.name)) return
  const names = partsOf(buckets).filter(one => one.kind === 'selector')
  if (names.length === 0 || !names.every(({name}) => name?.known && name.text.endsWith('_bucket'))) return
  const labels = labelsOf(buckets)
  if (!(labels ? !labels.has('le') : buckets.grouping?.kind === 'without' && buckets.grouping.labels.includes('le'))) return
  const at = placeIn(asked, {
    start: buckets.nameAt.start,
    end: buckets.grouping && buckets.grouping.start < (buckets.args[0]?.start ?? 0) ? buckets.grouping.end : buckets.nameAt.end,
  })
  report(
    at,
    `${buckets.name} drops the label le that histogram_quantile needs, so it answers nothing. Write ${buckets.name} by (${['le', ...kept(buckets)].join(', ')}).`,
    {
      fix: changeIn(asked, at, grouped(buckets, asked.read.text), 'Keep the label le'),
    },
  )
}

const kept = ({grouping}: Aggregation): readonly string[] => (grouping?.kind === 'by' ? grouping.labels : [])

function grouped({grouping, nameAt}: Aggregation, text: string): {start: number; end: number; text: string} {
  if (!grouping) return {start: nameAt.end, end: nameAt.end, text: ' by (le)'}
  if (grouping.kind === 'by') {
    const open = text.indexOf('(', grouping.start) + 1
    return {start: open, end: open, text: grouping.labels.length > 0 ? 'le, ' : 'le'}
  }
  const labels = grouping.labels.filter(label => label !== 'le')
  return {start: grouping.start, end: grouping.end, text: `without (${labels.join(', ')})`}
}
