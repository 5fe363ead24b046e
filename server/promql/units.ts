import {remembered} from '../model/remembered.ts'
import {type Binary, bare, comparisons, constant, type Expression, selectorsIn, unmoved} from './expression.ts'
import {isShare} from './share.ts'

/** What the number of a query counts. `fraction`: 1 is all of it; `percent`: 100 is. */
export type Unit = 'seconds' | 'milliseconds' | 'bytes' | 'fraction' | 'percent'

const suffixes: readonly (readonly [RegExp, Unit])[] = [
  [/_seconds$/, 'seconds'],
  [/_(milliseconds|millis|ms|msec)$/, 'milliseconds'],
  [/_bytes$/, 'bytes'],
  [/_ratio$/, 'fraction'],
  [/_(percent|percentage|pct)$/, 'percent'],
]

/** The unit a metric bears in its name, as Prometheus asks of them; names of recording rules promise none. */
export function unitOfMetric(name: string): Unit | undefined {
  if (name.includes(':')) return undefined
  const measured = name.replace(/_(bucket|sum|total|max|min|avg)$/, '')
  return suffixes.find(([suffix]) => suffix.test(measured))?.[1]
}

/** What the values of a query count, or undefined where neither the names nor the calculation tell. */
export const unitOf = remembered(counted)

function counted(expression: Expression): Unit | undefined {
  switch (expression.kind) {
    case 'selector':
      return expression.name?.known && !/_(count|total)$/.test(expression.name.text) ? unitOfMetric(expression.name.text) : undefined
    case 'range':
    case 'subquery':
    case 'moved':
    case 'unary':
    case 'group':
      return unitOf(expression.of)
    case 'aggregation':
      return /^(avg|min|max|sum|quantile|topk|bottomk|stddev|limitk)$/.test(expression.name) ? ofLast(expression.args) : undefined
    case 'call':
      return ofCall(expression.name, expression.args)
    case 'binary':
      return ofBinary(expression)
    default:
      return undefined
  }
}

const ofLast = (args: readonly Expression[]): Unit | undefined => {
  const last = args.at(-1)
  return last && unitOf(last)
}

const keeping =
  /^(avg|min|max|last|first|quantile|stddev)_over_time$|^(abs|ceil|floor|round|clamp|clamp_min|clamp_max|delta|idelta|predict_linear|sort|sort_desc|label_replace|label_join|scalar)$/

function ofCall(name: string, args: readonly Expression[]): Unit | undefined {
  if (name === 'histogram_fraction') return 'fraction'
  if (name === 'histogram_quantile' || name === 'histogram_avg' || name === 'histogram_stddev') return args.at(-1) && measured(args.at(-1) as Expression)
  if (!keeping.test(name)) return undefined
  const argument = args.find(({kind}) => kind !== 'number' && kind !== 'string')
  return argument && unitOf(argument)
}

/** What the histograms or counters below an expression measure, where all of them measure the same. */
function measured(expression: Expression): Unit | undefined {
  const units = new Set(selectorsIn(expression).map(({name}) => (name?.known ? unitOfMetric(name.text) : undefined)))
  return units.size === 1 ? [...units][0] : undefined
}

function ofBinary({operator, bool, left, right}: Binary): Unit | undefined {
  if (comparisons.has(operator)) return bool ? undefined : unitOf(left)
  switch (operator) {
    case 'and':
    case 'unless':
    case 'or':
      return unitOf(left)
    case '*':
      return multiplied(left, constant(right)) ?? multiplied(right, constant(left))
    case '/':
      return quotient(left, right)
    case '+':
    case '-': {
      const [one, other] = [unitOf(left), unitOf(right)]
      // 1 - x is the rest of a fraction, 100 - x of a percentage.
      if (constant(left) !== undefined) return other === 'fraction' || other === 'percent' ? other : undefined
      return one === other || constant(right) !== undefined ? one : undefined
    }
    default:
      return undefined
  }
}

function multiplied(expression: Expression, factor: number | undefined): Unit | undefined {
  const unit = factor === undefined ? undefined : unitOf(expression)
  if (factor === 1) return unit
  if (factor === 100 && unit === 'fraction') return 'percent'
  if (factor === 1000 && unit === 'seconds') return 'milliseconds'
  return factor === 0.001 && unit === 'milliseconds' ? 'seconds' : undefined
}

function quotient(left: Expression, right: Expression): Unit | undefined {
  const divisor = constant(right)
  if (divisor !== undefined) {
    const unit = unitOf(left)
    if (divisor === 1) return unit
    if (divisor === 1000 && unit === 'milliseconds') return 'seconds'
    return divisor === 100 && unit === 'percent' ? 'fraction' : undefined
  }
  if (isShare(left, right)) return 'fraction'
  const [one, other] = [countedBy(left), countedBy(right)]
  if (one && other) {
    // The sum of a histogram by its count is a mean; 100 * in the numerator makes percent of a fraction.
    if (one.unit !== other.unit) return other.unit === undefined && one.factor === 1 ? one.unit : undefined
    return one.factor === 100 ? 'percent' : one.factor === 1 ? 'fraction' : undefined
  }
  const [first, second] = [unitOf(left), unitOf(right)]
  return first && first === second ? 'fraction' : undefined
}

/** A sum of counters of one kind growing over a range, with what they count: `sum(rate(http_requests_total[5m]))`. */
function countedBy(expression: Expression): {readonly unit: Unit | undefined; readonly factor: number} | undefined {
  const one = unmoved(expression)
  if (one.kind === 'aggregation') return one.name === 'sum' && one.args[0] ? countedBy(one.args[0]) : undefined
  if (one.kind === 'binary') {
    if (one.operator === 'or' || (comparisons.has(one.operator) && !one.bool)) return countedBy(one.left)
    if (one.operator !== '*') return undefined
    const factor = constant(one.left) ?? constant(one.right)
    const inner = countedBy(constant(one.left) === undefined ? one.left : one.right)
    return factor !== undefined && inner ? {unit: inner.unit, factor: factor * inner.factor} : undefined
  }
  if (one.kind !== 'call' || !/^(rate|increase|irate)$/.test(one.name) || !one.args[0]) return undefined
  const counted = unmoved(one.args[0])
  const metric = counted.kind === 'range' ? bare(counted.of) : undefined
  if (metric?.kind !== 'selector' || !metric.name?.known || metric.name.text.includes(':')) return undefined
  return {unit: /_(count|bucket)$/.test(metric.name.text) ? undefined : unitOfMetric(metric.name.text), factor: 1}
}
