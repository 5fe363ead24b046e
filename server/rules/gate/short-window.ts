import {formatDuration} from '../../model/duration.ts'
import {knownValue} from '../../model/fact.ts'
import {shortestWindow, usualWindow} from '../../model/gate.ts'
import {type Expression, partsOf, type RangeExpression} from '../../promql/expression.ts'
import {counterRates, ratesOfChange} from '../../promql/functions.ts'
import {judgedOf} from '../judged.ts'
import {askedOf, changeIn, placeIn, queriesOf} from '../queries.ts'
import {defineRule, type Report} from '../rule.ts'

/** Four scrapes at the shortest interval in use, 15 seconds: with fewer, one that is late leaves a rate without data. Milliseconds. */
const leastRange = 4 * 15_000

/** Ranges that hold too few samples, and ranges that reach back behind the release that is judged. */
export const gateShortWindow = defineRule({
  title: 'Range does not fit the release',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const asked of queriesOf(progression)) {
      if (!asked.read.expression) continue
      for (const {range, name} of rangesIn(asked.read.expression)) {
        const length = (range.period.seconds ?? Number.NaN) * 1000
        if (range.kind === 'subquery' || !(length < leastRange)) continue
        const at = placeIn(asked, range.period)
        report(
          at,
          `${name} over ${range.period.text} sees fewer than four scrapes even at one every 15 s, and nothing when one is late. Write [\${window}], which is at least ${formatDuration(shortestWindow)}.`,
          {
            fix: changeIn(asked, at, {...range.period, text: '${window}'}, 'Change to ${window}'),
          },
        )
      }
    }
    for (const {name, keys, gate} of judgedOf(progression)) {
      const window = keys.window.state === 'absent' ? usualWindow : knownValue(keys.window)
      const asked = askedOf(keys.query)
      if (window === undefined || !asked?.read.expression) continue
      const ranges = rangesIn(asked.read.expression)
      if (keys.window.state === 'known' && window < shortestWindow && ranges.some(({range}) => range.period.variable === 'window'))
        report(
          keys.window.at,
          `\${window} is never shorter than ${formatDuration(shortestWindow)}, so window: ${formatDuration(window)} says nothing. Write ${formatDuration(shortestWindow)} or more.`,
        )
      if (keys.query === gate.query) behind(name, window, asked, ranges, report)
    }
  },
})

type Ranged = {readonly range: RangeExpression; readonly name: string}

/** Ranges from which a function reads how something moved. */
function rangesIn(expression: Expression): readonly Ranged[] {
  return partsOf(expression).flatMap(one => {
    if (one.kind !== 'call' || !ratesOfChange.has(one.name)) return []
    const argument = one.args[0]
    const range = argument?.kind === 'moved' ? argument.of : argument
    // What is moved elsewhere on purpose is compared with something.
    return range?.kind === 'range' || range?.kind === 'subquery' ? [{range, name: one.name}] : []
  })
}

/** All ranges reach further back than a release is judged: most of what they see was served by the release before. */
function behind(name: string, window: number, asked: Parameters<typeof placeIn>[0], ranges: readonly Ranged[], report: Report): void {
  // A trend is read from a longer time on purpose.
  if (!ranges.every(one => counterRates.has(one.name))) return
  const lengths = ranges.map(({range}) => (range.period.seconds ?? Number.NaN) * 1000)
  if (lengths.length === 0 || !lengths.every(length => length > window)) return
  if ([...(asked.read.expression ? partsOf(asked.read.expression) : [])].some(one => one.kind === 'moved' || one.kind === 'subquery')) return
  const shortest = ranges[lengths.indexOf(Math.min(...lengths))]?.range
  if (!shortest) return
  const at = placeIn(asked, shortest.period)
  report(
    at,
    `${name} looks back ${shortest.period.text}, to before the release it judges; \${window} grows with the release to ${formatDuration(window)}. Write [\${window}], and window: ${shortest.period.text} where so much is needed.`,
    {
      level: 'hint',
      fix: changeIn(asked, at, {...shortest.period, text: '${window}'}, 'Change to ${window}'),
    },
  )
}
