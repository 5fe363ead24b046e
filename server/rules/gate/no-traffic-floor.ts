import {addTraffic} from '../../fixes/add-traffic.ts'
import type {Gate} from '../../model/gate.ts'
import {type Expression, selectorsIn} from '../../promql/expression.ts'
import {unboundedTraffic} from '../../promql/traffic.ts'
import {judgedOf} from '../judged.ts'
import {type Asked, askedOf} from '../queries.ts'
import {defineRule} from '../rule.ts'

const means = {
  share: 'one request of two is half of them',
  quantile: 'a quantile of two requests is the slower one',
  mean: 'a mean of two requests is chance',
} as const

/** Shares, quantiles and means of requests, with nothing that says how many requests make them meaningful. */
export const gateNoTrafficFloor = defineRule({
  title: 'Gate judges however little traffic there is',
  level: 'hint',
  needs: 'text',
  check(progression, report) {
    for (const {name, gate, keys, use} of judgedOf(progression)) {
      if (use && !use.overrides.query && !use.overrides.traffic) continue
      const {traffic} = keys
      if (traffic.state === 'known' && traffic.value.min.state === 'known' && traffic.value.min.value.value <= 0) {
        report(
          traffic.value.min.at,
          `${name} takes any traffic for enough: min: ${traffic.value.min.value.written} holds nothing back. Write at least 0.1, one request in ten seconds.`,
        )
      }
      const asked = askedOf(keys.query)
      if (traffic.state !== 'absent' || keys.compare.state !== 'absent' || !asked?.read.expression) continue
      const found = unboundedTraffic(asked.read.expression)
      if (!found) continue
      const query = use ? undefined : trafficQuery(found.of, asked, gate)
      report(
        use?.at ?? gate.at,
        `${name} judges two requests as it judges a million, and ${means[found.kind]}. Add traffic: with a query and the least it takes.`,
        {
          fix: query ? addTraffic.for({gate: gate.name, query}) : undefined,
          related: [{at: asked.at, message: `The query of ${name}.`}],
        },
      )
    }
  },
})

/** The traffic as a query of its own, on one line: the denominator, or what a histogram counts. Undefined where it would be a guess. */
function trafficQuery(of: Expression, {read: {text}}: Asked, {extent}: Gate): string | undefined {
  const [selector, ...others] = selectorsIn(of)
  if (!selector?.name?.known || others.length > 0 || text.includes('#') || extent.end === extent.start) return undefined
  const count = selector.name.text.replace(/_bucket$/, '_count')
  const isBuckets = count !== selector.name.text
  if (!isBuckets && of.kind === 'aggregation' && of.name === 'sum' && !of.grouping) return text.slice(of.start, of.end).replace(/\s+/g, ' ')
  const matchers = selector.matchers.filter(({label}) => label !== 'le' && label !== '__name__').map(({start, end}) => text.slice(start, end))
  return `sum(rate(${count}${matchers.length > 0 ? `{${matchers.join(',')}}` : ''}[\${window}]))`
}
