import {type Binary, bare, comparisons, constant, type Expression, type Matcher, partsOf, type Selector, selectorsIn, unmoved} from './expression.ts'
import {counterRates} from './functions.ts'

/** Labels in which the outcome of a request stands. */
const outcome =
  /^(status|status_?code|http_status(_code)?|http_code|http_response_status_code|code|response_code(_class)?|grpc_code|grpc_status|result|outcome|error)$/

const bad = /^\^?\(?(\[?[45]|error|err\b|fail|false|ko\b)/i
const good = /^\^?\(?([123]|\[[123]|ok\b|success)/i

/** Whether a matcher chooses what went wrong. False where a variable is part of it. */
export function choosesErrors({label, operator, value, known}: Matcher): boolean {
  if (!known || !outcome.test(label)) return false
  if (label === 'error') return operator === '!=' ? value === '' : operator === '=' && value === 'true'
  return operator === '=' || operator === '=~' ? bad.test(value) : good.test(value)
}

/** Whether a selector counts failures: by a matcher, or by the name of the metric. */
export const countsErrors = ({name, matchers}: Selector): boolean =>
  matchers.some(choosesErrors) ||
  (name?.known === true && /(^|_)(errors?|failures?|failed|exceptions?)(_\w+)?_(total|count)$/.test(name.text) && !name.text.includes(':'))

/** The parts of a query that say how fast a counter grows. */
export const ratesIn = (expression: Expression): readonly Expression[] => partsOf(expression).filter(one => one.kind === 'call' && counterRates.has(one.name))

/** Counters of something that users do, so that there may be too little of it to judge. */
const requests = /request|http|grpc|rpc|response|handled|message|quer(y|ies)|order|checkout|transaction/

const isTraffic = (expression: Expression): boolean =>
  ratesIn(expression).length > 0 && selectorsIn(expression).every(({name}) => name?.known === true && requests.test(name.text) && !name.text.includes(':'))

/** What a number means little without: the traffic a share is of, or that a quantile is taken from. Undefined where it is none, or a floor is in the query. */
export function unboundedTraffic(expression: Expression): {readonly of: Expression; readonly kind: 'share' | 'quantile' | 'mean'} | undefined {
  const one = bare(expression)
  if (one.kind === 'call') {
    const buckets = one.name === 'histogram_quantile' ? one.args[1] : undefined
    if (buckets) return isTraffic(buckets) ? {of: buckets, kind: 'quantile'} : undefined
    const inner = one.args.find(({kind}) => kind !== 'number' && kind !== 'string')
    return /^(round|abs|ceil|floor|clamp|clamp_min|clamp_max|scalar|vector|label_replace|label_join|sort|sort_desc)$/.test(one.name) && inner
      ? unboundedTraffic(inner)
      : undefined
  }
  if (one.kind === 'unary') return unboundedTraffic(one.of)
  if (one.kind === 'aggregation') return one.args.at(-1) && unboundedTraffic(one.args.at(-1) as Expression)
  if (one.kind !== 'binary') return undefined
  if (one.operator === 'and' || one.operator === 'unless') return isFloor(one.right) ? undefined : unboundedTraffic(one.left)
  if (one.operator === '/' && constant(one.right) === undefined) {
    // Against another time it is no share.
    if (hasFloor(one.right) || !isTraffic(one.right) || partsOf(one).some(({kind}) => kind === 'moved')) return undefined
    const isMean = selectorsIn(one.left).every(({name}) => name?.text.endsWith('_sum'))
    return {of: one.right, kind: isMean ? 'mean' : 'share'}
  }
  if (one.operator === 'or' || comparisons.has(one.operator)) return unboundedTraffic(one.left)
  if (one.operator === '-' || one.operator === '+' || one.operator === '*' || one.operator === '/')
    return unboundedTraffic(constant(one.left) === undefined ? one.left : one.right)
  return undefined
}

/** A condition on another number: too little of it and there is no answer. */
const isFloor = (expression: Expression): boolean => partsOf(expression).some(one => one.kind === 'binary' && comparisons.has(one.operator))

const hasFloor = (expression: Expression): boolean => {
  const one = unmoved(expression)
  return (one.kind === 'binary' && (one as Binary).operator !== '+' && one.operator !== '-') || (one.kind === 'call' && /^clamp/.test(one.name))
}
