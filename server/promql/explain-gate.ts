import {formatDuration} from '../model/duration.ts'
import {type Fact, knownValue} from '../model/fact.ts'
import {type GateKeys, type GateUse, type Limit, shortestWindow, usualWindow} from '../model/gate.ts'
import {durationInWords} from './describe.ts'
import {bare, constant, type Expression, type Period, partsOf, type Selector, selectorsIn} from './expression.ts'
import {readPromql} from './read.ts'
import {isShare} from './share.ts'
import {choosesErrors, countsErrors} from './traffic.ts'
import {unitOf} from './units.ts'

/** A gate in words, in Markdown, as one environment asks it or as it is declared. Says nothing of what is not known. */
export function explainGate(gate: GateKeys, use?: GateUse): string {
  const keys: GateKeys = {...gate, ...use?.overrides}
  if (keys.alerts.state === 'known') return 'Fails while an alert fires for the namespace of the environment.'
  const query = knownValue(keys.query)
  if (query === undefined) return 'Its query is not known yet.'
  const expression = readPromql(query.text).expression
  const sentences = [fails(keys, expression), often(keys), withoutData(keys)]
  return sentences.filter(sentence => sentence !== undefined).join(' ')
}

function fails(keys: GateKeys, expression: Expression | undefined): string {
  const over = expression && overWhat(expression, keys)
  const what = subject(expression) + divided(keys)
  const {max, min, between} = keys
  const when =
    between.state === 'known'
      ? `when ${what} is below ${spelled(between.value[0])} or above ${spelled(between.value[1])}`
      : [
          max.state === 'known'
            ? `when ${keys.compare.state === 'absent' ? above(expression, max.value) : `${what} is above ${spelled(max.value)}`}`
            : undefined,
          min.state === 'known' ? `when ${what} is below ${spelled(min.value)}` : undefined,
        ]
          .filter(part => part !== undefined)
          .join(', or ')
  if (when === '') return [max, min, between].every(({state}) => state === 'absent') ? 'Never fails: it has no limit.' : 'Its limits are not known yet.'
  return `Fails ${when}${over ? `, ${over}` : ''}.`
}

/** What `compare` makes of the number. */
function divided({compare}: GateKeys): string {
  const against = knownValue(compare)
  if (!against) return ''
  return against === 'previous' ? ', divided by that of the release before,' : ', divided by that of the last verified release,'
}

/** `more than 1% of requests fail` reads better than `the share … is above 1%`. */
function above(expression: Expression | undefined, limit: Limit): string {
  const share = expression && errorsOf(expression)
  return share && limit.value < 1 ? `more than ${percent(limit.value)} of ${share}` : `${subject(expression)} is above ${spelled(limit)}`
}

const percent = (fraction: number): string => `${Number((fraction * 100).toPrecision(6))} %`
const spelled = ({written, unit, value}: Limit): string => (unit === 'percent' ? percent(value) : written)

/** `http_requests_total have status=~"5.."`, for a share of a metric chosen by one matcher. */
function errorsOf(expression: Expression): string | undefined {
  const one = bare(expression)
  if (one.kind !== 'binary' || one.operator !== '/' || constant(one.right) !== undefined) return undefined
  const [part] = selectorsIn(one.left)
  const [whole] = selectorsIn(one.right)
  if (!part?.name?.known || !whole?.name?.known) return undefined
  if (isShare(one.left, one.right)) {
    const left = part.matchers.filter(({label, value}) => !whole.matchers.some(other => other.label === label && other.value === value))
    const chosen = left.find(choosesErrors) ?? left[0]
    if (chosen) return `\`${whole.name.text}\` have \`${chosen.label}${chosen.operator}"${chosen.value}"\``
  }
  return countsErrors(part) ? `\`${whole.name.text}\` are \`${part.name.text}\`` : undefined
}

/** What the number is, for the middle of a sentence. */
function subject(expression: Expression | undefined): string {
  const one = expression && bare(expression)
  if (!one) return 'its answer'
  if (one.kind === 'call' && one.name === 'histogram_quantile') {
    const quantile = one.args[0] && constant(one.args[0])
    const name = nameOf(one.args[1])
    if (quantile !== undefined && name) return `the ${ordinal(quantile)} of ${name}`
  }
  if (one.kind === 'binary' && one.operator === '/') {
    const [left, right] = [nameOf(one.left), nameOf(one.right)]
    if (left && left === right) return selectorsIn(one.left)[0]?.name?.text.endsWith('_sum') ? `the mean of ${left}` : `the share of ${left}`
    if (left && right && unitOf(one) === 'fraction') return `the share of ${left} in ${right}`
  }
  if (one.kind === 'aggregation' && one.args.length === 1) {
    const words: Readonly<Record<string, string>> = {sum: 'the sum of', avg: 'the mean of', max: 'the largest', min: 'the smallest', count: 'the number of'}
    const [name, word] = [nameOf(one.args[0]), words[one.name]]
    const rated = partsOf(one).some(part => part.kind === 'call' && /^i?rate$/.test(part.name))
    if (name && word) return `${word} ${name}${rated ? ' a second' : ''}`
  }
  return nameOf(one) ?? 'its answer'
}

/** The one metric a part speaks of, without what a histogram adds to its name. */
function nameOf(expression: Expression | undefined): string | undefined {
  const names = new Set(
    (expression ? selectorsIn(expression) : []).map(({name}: Selector) => (name?.known ? name.text.replace(/_(bucket|sum|count)$/, '') : undefined)),
  )
  const [name] = names
  return names.size === 1 && name ? `\`${name}\`` : undefined
}

function ordinal(quantile: number): string {
  const percentile = Number((quantile * 100).toPrecision(6))
  if (percentile === 50) return 'median'
  const last = percentile % 10
  const ending = percentile % 1 !== 0 || (percentile % 100 > 10 && percentile % 100 < 14) ? 'th' : (['th', 'st', 'nd', 'rd'][last] ?? 'th')
  return `${percentile}${ending} percentile`
}

function overWhat(expression: Expression, keys: GateKeys): string | undefined {
  const periods = partsOf(expression).flatMap((part): readonly Period[] => (part.kind === 'range' || part.kind === 'subquery' ? [part.period] : []))
  const [first] = periods
  if (!first || !periods.every(({text}) => text === first.text)) return undefined
  if (first.variable === undefined) {
    const words = durationInWords(first.text)
    return words && `over the last ${words}`
  }
  const window = keys.window.state === 'absent' ? usualWindow : knownValue(keys.window)
  if (first.variable !== 'window' || window === undefined) return undefined
  return `over the age of the release, from ${durationInWords(formatDuration(shortestWindow))} to ${durationInWords(formatDuration(Math.max(window, shortestWindow)))}`
}

function often({interval, failAfter, passAfter}: GateKeys): string | undefined {
  const times = (fact: Fact<number>): number => knownValue(fact) ?? 1
  const [bad, good] = [times(failAfter), times(passAfter)]
  if (bad === 1 && good === 1) return undefined
  const pause = interval.state === 'absent' ? 30_000 : knownValue(interval)
  const every = pause === undefined ? '' : `, ${formatDuration(pause)} apart`
  return `It takes ${bad} bad ${bad === 1 ? 'answer' : 'answers in a row'} to fail and ${good} good ${good === 1 ? 'one' : 'ones'} to pass${every}.`
}

function withoutData({traffic, onNoData}: GateKeys): string | undefined {
  const verdict = onNoData.state === 'absent' ? 'inconclusive' : knownValue(onNoData)
  if (!verdict) return undefined
  const floor = traffic.state === 'known' ? knownValue(traffic.value.min) : undefined
  const query = traffic.state === 'known' ? knownValue(traffic.value.query) : undefined
  const expression = query && readPromql(query.text).expression
  const rated = expression && partsOf(expression).some(part => part.kind === 'call' && /^i?rate$/.test(part.name))
  const what = expression ? nameOf(expression) : undefined
  const less = floor ? `With less than ${floor.written} ${what ? `of ${what}` : 'of traffic'}${rated ? ' a second' : ''}, or without data,` : 'Without data'
  if (verdict === 'inconclusive') return `${less} it is inconclusive: it is asked again, and then a person decides.`
  return verdict === 'fail' ? `${less} it fails.` : `${less} it is skipped.`
}
