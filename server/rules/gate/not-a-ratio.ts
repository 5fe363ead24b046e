import {bare, type Expression, partsOf, type Selector, selectorsIn, unmoved} from '../../promql/expression.ts'
import {choosesErrors, countsErrors, ratesIn} from '../../promql/traffic.ts'
import {judgedOf} from '../judged.ts'
import {type Asked, askedOf, changeIn, placeIn} from '../queries.ts'
import {defineRule} from '../rule.ts'

/** Failures counted against a limit above none: how many are too many depends on how many requests there are. */
export const gateNotARatio = defineRule({
  title: 'Errors are counted, not compared with the traffic',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const {name, keys} of judgedOf(progression)) {
      const asked = askedOf(keys.query)
      const expression = asked?.read.expression
      // Divided by another release's number it is a ratio; none at all is none on any traffic.
      if (!asked || !expression || keys.max.state !== 'known' || keys.max.value.value <= 0 || keys.compare.state !== 'absent') continue
      const selectors = selectorsIn(expression)
      if (selectors.length === 0 || !selectors.every(isCounter) || !selectors.every(countsErrors) || isDivided(expression)) continue
      const at = placeIn(asked, bare(expression))
      const {written, value, unit} = keys.max.value
      const counts = ratesIn(expression).length > 0
      const change = totalOf(expression, asked)
      const limit = unit === 'percent' || value < 1
      const what = counts
        ? `${name} is a number of errors${/\b(rate|irate)\(/.test(asked.read.text) ? ' a second' : ''}, not a share of the requests: max: ${written} means something else at every traffic.`
        : `${name} is the number of errors since the process began, which only grows.`
      report(at, `${what} Divide the rate of errors by the rate of all requests.`, {
        level: limit || !counts ? 'warning' : 'hint',
        fix: change && changeIn(asked, at, change, 'Divide by all requests'),
        related: [{at: keys.max.at, message: `max: ${written} is compared with it.`}],
      })
    }
  },
})

const isCounter = ({name}: Selector): boolean => name?.known === true && /_(total|count)$/.test(name.text) && !name.text.includes(':')

const isDivided = (expression: Expression): boolean =>
  partsOf(expression).some(
    one => (one.kind === 'binary' && !/^(\+|or)$/.test(one.operator)) || (one.kind === 'call' && /^(absent|changes|resets|scalar)/.test(one.name)),
  )

/** ` / ` and the same without its error matcher; undefined where it is more than one sum of one rate, or does not stand on one line. */
function totalOf(expression: Expression, {read: {text}}: Asked): {start: number; end: number; text: string} | undefined {
  const sum = bare(expression)
  const rate = sum.kind === 'aggregation' && sum.name === 'sum' && sum.args[0] ? bare(sum.args[0]) : undefined
  const range = rate?.kind === 'call' && rate.args[0] ? unmoved(rate.args[0]) : undefined
  const selector = range?.kind === 'range' ? bare(range.of) : undefined
  if (sum !== expression || selector?.kind !== 'selector' || text.includes('#')) return undefined
  const matcher = selector.matchers.find(choosesErrors)
  if (!matcher || selector.matchers.filter(choosesErrors).length > 1) return undefined
  const rest = selector.matchers.filter(one => one !== matcher && one.label !== '__name__').map(({start, end}) => text.slice(start, end))
  const metric = `${selector.name?.text}${rest.length > 0 ? `{${rest.join(',')}}` : ''}`
  const whole = text.slice(sum.start, selector.start) + metric + text.slice(selector.end, sum.end)
  return {start: sum.end, end: sum.end, text: ` / ${whole.replace(/\s+/g, ' ')}`}
}
