import {bounds} from './bounds.ts'
import {type Aggregation, bare, comparisons, constant, type Expression, type Matcher, type Selector} from './expression.ts'
import {counterRates} from './functions.ts'

/**
 * Whether one thing is certainly a part of another, so that their quotient lies between 0 and 1: the same counters, counted the
 * same way, of which the first leaves some out. False where that is not certain.
 */
export function isShare(part: Expression, whole: Expression): boolean {
  const one = withoutFallback(part)
  const all = withoutFloor(whole)
  if (one.kind === 'binary') {
    // A filter only leaves series out; what was taken away from the whole is a part of it too.
    if (comparisons.has(one.operator) && !one.bool) return isShare(one.left, all)
    if (one.operator === 'and' || one.operator === 'unless') return isShare(one.left, all)
    if (one.operator === '-') return isSame(one.left, all) && isShare(one.right, all)
    return false
  }
  if (one.kind === 'selector') return all.kind === 'selector' && isPart(one, all)
  if (one.kind === 'range') return all.kind === 'range' && one.period.text === all.period.text && isShare(one.of, all.of)
  if (one.kind === 'moved') return all.kind === 'moved' && one.how === all.how && isShare(one.of, all.of)
  if (one.kind === 'call') return all.kind === 'call' && one.name === all.name && counterRates.has(one.name) && isArgumentPart(one.args, all.args)
  if (one.kind !== 'aggregation' || all.kind !== 'aggregation' || one.name !== all.name || !isSameGrouping(one, all)) return false
  const counted = all.args[0]
  return (one.name === 'count' || (one.name === 'sum' && counted !== undefined && bounds(counted).low >= 0)) && isArgumentPart(one.args, all.args)
}

const isArgumentPart = ([part]: readonly Expression[], [whole]: readonly Expression[]): boolean =>
  part !== undefined && whole !== undefined && isShare(part, whole)

/** `x or vector(0)` is x, or nothing of it. */
function withoutFallback(expression: Expression): Expression {
  const one = bare(expression)
  return one.kind === 'binary' && one.operator === 'or' && constant(one.right) === 0 ? withoutFallback(one.left) : one
}

/** `x > 0` and `clamp_min(x, 1)` are x, or more of it. */
function withoutFloor(expression: Expression): Expression {
  const one = bare(expression)
  if (one.kind === 'binary' && (one.operator === '>' || one.operator === '>=') && !one.bool && constant(one.right) !== undefined) return withoutFloor(one.left)
  return one.kind === 'call' && one.name === 'clamp_min' && one.args[0] ? withoutFloor(one.args[0]) : one
}

export const isSameGrouping = (one: Aggregation, other: Aggregation): boolean => {
  const labels = (of: Aggregation): string => (of.grouping ? `${of.grouping.kind} ${of.grouping.labels.toSorted().join()}` : 'by ')
  return labels(one) === labels(other)
}

const isSame = (one: Expression, other: Expression): boolean => isShare(one, other) && isShare(other, one)

const spelled = ({label, operator, value}: Matcher): string => `${label}${operator}${value}`

/** What a selector counts: buckets up to infinity count everything that was observed. */
function counted({name, matchers}: Selector): {base: string; up: Matcher | undefined; others: readonly Matcher[]} | undefined {
  if (!name?.known) return undefined
  const up = matchers.find(({label, operator}) => label === 'le' && operator === '=')
  const others = matchers.filter(matcher => matcher.label !== '__name__' && matcher !== up)
  const base = name.text.replace(/_(bucket|count)$/, '')
  if (!name.text.endsWith('_bucket'))
    return {base: name.text.endsWith('_count') ? `${base} observed` : name.text, up: undefined, others: up ? [...others, up] : others}
  return up ? {base: `${base} observed`, up: up.value === '+Inf' ? undefined : up, others} : undefined
}

function isPart(part: Selector, whole: Selector): boolean {
  const [one, all] = [counted(part), counted(whole)]
  if (!one || !all || one.base !== all.base || (all.up && all.up.value !== one.up?.value)) return false
  const kept = new Set(one.others.map(spelled))
  return all.others.every(matcher => kept.has(spelled(matcher)))
}
