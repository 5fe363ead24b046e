import {remembered} from '../model/remembered.ts'
import {type Binary, type Call, comparisons, constant, type Expression} from './expression.ts'
import {isShare} from './share.ts'

/** The least and the most that can come out of something, NaN aside. */
export type Bounds = {readonly low: number; readonly high: number}

const {NEGATIVE_INFINITY, POSITIVE_INFINITY} = Number
const anything: Bounds = {low: NEGATIVE_INFINITY, high: POSITIVE_INFINITY}
const notNegative: Bounds = {low: 0, high: POSITIVE_INFINITY}
const one: Bounds = {low: 1, high: 1}
const unit: Bounds = {low: 0, high: 1}

/** What certainly holds for every value of an expression; `anything` where nothing is certain. */
export const bounds = remembered(boundsOf)

function boundsOf(expression: Expression): Bounds {
  switch (expression.kind) {
    case 'number':
      return {low: expression.value, high: expression.value}
    case 'selector':
      return ofMetric(expression.name?.known ? expression.name.text : '')
    case 'range':
    case 'subquery':
    case 'moved':
    case 'group':
      return bounds(expression.of)
    case 'unary': {
      const {low, high} = bounds(expression.of)
      return expression.operator === '-' ? {low: -high, high: -low} : {low, high}
    }
    case 'call':
      return ofCall(expression)
    case 'aggregation': {
      const inner = expression.args.at(-1)
      const {low, high} = inner ? bounds(inner) : anything
      if (expression.name === 'sum') return {low: low >= 0 ? low : NEGATIVE_INFINITY, high: high <= 0 ? high : POSITIVE_INFINITY}
      if (expression.name === 'count' || expression.name === 'count_values') return {low: 1, high: POSITIVE_INFINITY}
      if (expression.name === 'group') return one
      if (expression.name === 'stddev' || expression.name === 'stdvar') return notNegative
      return expression.name === 'quantile' ? anything : {low, high}
    }
    case 'binary':
      return ofBinary(expression)
    default:
      return anything
  }
}

/** Counters never go below 0; `up` and its like are 0 or 1. Other names promise nothing. */
function ofMetric(name: string): Bounds {
  if (name === 'up' || name === 'probe_success') return unit
  return /_(total|count|bucket)$/.test(name) && !name.includes(':') ? notNegative : anything
}

/** Functions whose result lies where their argument does. */
const keeping = /^(avg|min|max|last|first|quantile)_over_time$|^(sort|sort_desc|sort_by_label|sort_by_label_desc|label_replace|label_join|vector|scalar|info)$/

function ofCall({name, args}: Call): Bounds {
  const inner = args.find(({kind}) => kind !== 'string' && kind !== 'number') ?? args[0]
  const {low, high} = inner ? bounds(inner) : anything
  if (keeping.test(name)) return name === 'quantile_over_time' && !isQuantile(args[0]) ? anything : {low, high}
  switch (name) {
    case 'rate':
    case 'irate':
    case 'increase':
    case 'changes':
    case 'resets':
    case 'stddev_over_time':
    case 'stdvar_over_time':
    case 'mad_over_time':
    case 'sqrt':
    case 'exp':
      return notNegative
    case 'count_over_time':
      return {low: 1, high: POSITIVE_INFINITY}
    case 'sum_over_time':
      return low >= 0 ? notNegative : anything
    case 'absent':
    case 'absent_over_time':
    case 'present_over_time':
      return one
    case 'histogram_fraction':
      return unit
    case 'histogram_quantile':
      return isQuantile(args[0]) && inner && isMeasure(inner) ? notNegative : anything
    case 'abs':
      return low >= 0 ? {low, high} : notNegative
    case 'ceil':
    case 'floor':
      return name === 'ceil' ? {low: Math.ceil(low), high: Math.ceil(high)} : {low: Math.floor(low), high: Math.floor(high)}
    case 'round':
      return args.length === 1 ? {low: Math.round(low), high: Math.round(high)} : low >= 0 ? notNegative : anything
    case 'sgn':
      return {low: -1, high: 1}
    case 'clamp_min':
    case 'clamp_max':
    case 'clamp': {
      const [, first, second] = args.map(constant)
      const least = name === 'clamp_max' ? NEGATIVE_INFINITY : (first ?? NEGATIVE_INFINITY)
      const most = name === 'clamp_min' ? POSITIVE_INFINITY : ((name === 'clamp' ? second : first) ?? POSITIVE_INFINITY)
      return {low: Math.min(Math.max(low, least), most), high: Math.min(Math.max(high, least), most)}
    }
    default:
      return anything
  }
}

const isQuantile = (argument: Expression | undefined): boolean => {
  const value = argument && constant(argument)
  return value !== undefined && value >= 0 && value <= 1
}

/** Observed times and sizes are never negative. */
function isMeasure(expression: Expression): boolean {
  if (expression.kind === 'selector') return /_(seconds|milliseconds|bytes)(_bucket)?$/.test(expression.name?.text ?? '')
  if (expression.kind === 'call' || expression.kind === 'aggregation') return expression.args.some(isMeasure)
  return 'of' in expression && isMeasure(expression.of)
}

function ofBinary({operator, bool, left, right}: Binary): Bounds {
  if (comparisons.has(operator)) return bool ? unit : filtered(operator, bounds(left), constant(right))
  const [one, other] = [bounds(left), bounds(right)]
  switch (operator) {
    case 'and':
    case 'unless':
      return one
    case 'or':
      return {low: Math.min(one.low, other.low), high: Math.max(one.high, other.high)}
    case '+':
      return {low: one.low + other.low, high: one.high + other.high}
    case '-':
      return {low: one.low - other.high, high: one.high - other.low}
    case '*': {
      const corners = [one.low * other.low, one.low * other.high, one.high * other.low, one.high * other.high].map(value => (Number.isNaN(value) ? 0 : value))
      return {low: Math.min(...corners), high: Math.max(...corners)}
    }
    case '/': {
      if (isShare(left, right)) return unit
      const divisor = constant(right)
      if (divisor !== undefined && divisor !== 0) {
        const [first, second] = [one.low / divisor, one.high / divisor]
        return {low: Math.min(first, second), high: Math.max(first, second)}
      }
      return one.low >= 0 && other.low >= 0 ? notNegative : anything
    }
    case '^':
      return one.low >= 0 ? notNegative : anything
    default:
      return anything
  }
}

/** What a comparison with a number lets through. */
function filtered(operator: string, {low, high}: Bounds, limit: number | undefined): Bounds {
  if (limit === undefined) return {low, high}
  if (operator === '==') return {low: limit, high: limit}
  if (operator === '>' || operator === '>=') return {low: Math.max(low, limit), high}
  return operator === '<' || operator === '<=' ? {low, high: Math.min(high, limit)} : {low, high}
}
