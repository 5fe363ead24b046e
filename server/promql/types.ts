import {aggregations} from './aggregations.ts'
import {type Aggregation, type Binary, bare, type Call, children, comparisons, type Expression, type Selector, setOperators, unmoved} from './expression.ts'
import type {QueryFinding} from './finding.ts'
import {functions, ratesOfChange} from './functions.ts'
import {argumentCount, type Operation, parameterAt, type ValueType} from './operation.ts'
import {regexError} from './regex.ts'

const words: Readonly<Record<ValueType, string>> = {scalar: 'a number', vector: 'an instant vector', range: 'a range of time', string: 'text in quotes'}

/** What an expression gives, or undefined where a variable decides or it is not clear. */
export function typeOf(expression: Expression): ValueType | undefined {
  switch (expression.kind) {
    case 'number':
      return 'scalar'
    case 'string':
      return 'string'
    case 'selector':
    case 'aggregation':
      return 'vector'
    case 'range':
    case 'subquery':
      return 'range'
    case 'call':
      return functions.get(expression.name)?.returns
    case 'moved':
    case 'unary':
    case 'group':
      return typeOf(expression.of)
    case 'binary': {
      const [left, right] = [typeOf(expression.left), typeOf(expression.right)]
      return left === 'vector' || right === 'vector' ? 'vector' : left === 'scalar' && right === 'scalar' ? 'scalar' : undefined
    }
    case 'unknown':
      return undefined
  }
}

/** Everything Prometheus would refuse in a query that parses, from left to right. */
export function typeErrors(expression: Expression): readonly QueryFinding[] {
  return [...own(expression), ...children(expression).flatMap(typeErrors)]
}

/** What is wrong with an expression itself, its parts taken for right. */
function own(expression: Expression): readonly QueryFinding[] {
  switch (expression.kind) {
    case 'selector':
      return selector(expression)
    case 'call': {
      const called = functions.get(expression.name)
      return called ? operands(expression, called) : []
    }
    case 'aggregation': {
      const called = aggregations.get(expression.name)
      return called ? operands(expression, called) : []
    }
    case 'binary':
      return binary(expression)
    case 'range': {
      const of = bare(expression.of)
      if (of.kind === 'selector' || of.kind === 'unknown') return []
      const message = `Only a metric has samples to look back at. For anything calculated, write a subquery: [${expression.period.text}:].`
      return [{...expression.period, message, change: {start: expression.period.end, end: expression.period.end, text: ':'}}].map(clean)
    }
    case 'subquery':
      return typeOf(expression.of) === 'range'
        ? [{...at(expression.of), message: 'A subquery is made of an instant vector; this is a range of time already.'}]
        : []
    case 'unary':
      return mismatch(expression.of, `${expression.operator} needs a number or an instant vector`, ['scalar', 'vector'])
    case 'moved': {
      const of = unmoved(expression.of)
      if (expression.by !== 'offset' && expression.by !== '@') return []
      if (of.kind === 'selector' || of.kind === 'range' || of.kind === 'subquery' || of.kind === 'unknown') return []
      return [{...at(expression.of), message: `${expression.by} belongs directly behind a metric, its range or a subquery.`}]
    }
    default:
      return []
  }
}

const at = ({start, end}: {start: number; end: number}): {start: number; end: number} => ({start, end})
const clean = ({start, end, message, change}: QueryFinding): QueryFinding => ({start, end, message, change})

function mismatch(expression: Expression, what: string, wanted: readonly ValueType[]): readonly QueryFinding[] {
  const type = typeOf(expression)
  return type === undefined || wanted.includes(type) ? [] : [{...at(expression), message: `${what}, and this is ${words[type]}.`}]
}

function selector({start, end, name, matchers, braces}: Selector): readonly QueryFinding[] {
  const found: QueryFinding[] = []
  const named = matchers.find(({label, operator}) => label === '__name__' && operator === '=')
  if (name && named && named.valueAt.start !== name.start) found.push({...at(named), message: `The metric has two names: ${name.text} and ${named.value}.`})
  const isEmpty = ({operator, value, known}: Selector['matchers'][number]): boolean =>
    known &&
    ((operator === '=' && value === '') ||
      (operator === '!=' && value !== '') ||
      (operator === '=~' && matchesNothing(value)) ||
      (operator === '!~' && !matchesNothing(value)))
  if (!name && matchers.every(isEmpty)) {
    const message = 'Prometheus refuses to look through every metric. Name one, or compare a label with a value that is not empty.'
    found.push({start: braces?.start ?? start, end: braces?.end ?? end, message})
  }
  for (const {operator, value, known, valueAt} of matchers) {
    const error = known && operator.endsWith('~') ? regexError(value) : undefined
    if (error) found.push({...valueAt, message: error})
  }
  return found
}

/** Whether a regular expression matches the empty text, for the few that surely do. */
const matchesNothing = (value: string): boolean => value === '' || value === '.*' || value === '(.*)' || value.split('|').includes('')

function operands(expression: Call | Aggregation, called: Operation): readonly QueryFinding[] {
  const miscounted = counted(expression, called)
  return miscounted.length > 0 ? miscounted : expression.args.flatMap((argument, index) => argumentErrors(argument, index, called))
}

function counted({nameAt, end, args, name}: Call | Aggregation, called: Operation): readonly QueryFinding[] {
  const {least, most} = argumentCount(called)
  if (args.length >= least && args.length <= most) return []
  const wanted = least === most ? String(least) : most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`
  const message = `${name} takes ${wanted} ${wanted === '1' ? 'argument' : 'arguments'} and gets ${args.length}: ${called.signature}.`
  return [{start: nameAt.start, end: args.length > most ? end : nameAt.end, message}]
}

function argumentErrors(argument: Expression, index: number, called: Operation): readonly QueryFinding[] {
  const parameter = parameterAt(called, index)
  const type = typeOf(argument)
  if (!parameter || type === undefined || type === parameter.type) return []
  const inside = unmoved(argument)
  if (parameter.type === 'range' && type === 'vector') {
    const subject = inside.kind === 'selector' ? inside : undefined
    const range = ratesOfChange.has(called.name) || subject ? '[${window}]' : '[${window}:]'
    const example = subject ? `${subject.name?.text ?? '{…}'}[\${window}]` : '(…)[${window}:]'
    const change = subject ? {start: subject.end, end: subject.end, text: range} : undefined
    return [{...at(argument), message: `${called.name} needs a range of time: ${example}.`, change}]
  }
  if (parameter.type === 'vector' && type === 'range' && (inside.kind === 'range' || inside.kind === 'subquery')) {
    const advice =
      inside.kind === 'range' && isCounter(inside.of)
        ? 'Put rate(…) around it, or take the range out.'
        : 'Take the range out, or put a function such as avg_over_time(…) around it.'
    return [{...at(argument), message: `${called.name} takes one value a series, and this is a range of time. ${advice}`}]
  }
  return [{...at(argument), message: `${called.name} takes ${words[parameter.type]} as ${parameter.name}, and this is ${words[type]}.`}]
}

const isCounter = (expression: Expression): boolean => {
  const one = unmoved(expression)
  return one.kind === 'selector' && /_(total|count|sum|bucket)$/.test(one.name?.text ?? '')
}

function binary({left, right, operator, operatorAt, bool, matching}: Binary): readonly QueryFinding[] {
  const [one, other] = [typeOf(left), typeOf(right)]
  const isSet = setOperators.has(operator)
  const isComparison = comparisons.has(operator)
  const wanted: readonly ValueType[] = isSet ? ['vector'] : ['scalar', 'vector']
  const needs = isSet ? `${operator} joins instant vectors` : `${operator} needs a number or an instant vector`
  const found: QueryFinding[] = [left, right].flatMap(side => mismatch(side, needs, wanted))
  if (found.length > 0) return found
  if (bool && !isComparison) return [{...bool, message: `bool belongs behind a comparison, and ${operator} is none.`}]
  if (isComparison && !bool && one === 'scalar' && other === 'scalar') {
    const change = {start: operatorAt.end, end: operatorAt.end, text: ' bool'}
    return [{...at(operatorAt), message: `Between two numbers a comparison needs bool: ${operator} bool.`, change}]
  }
  if (!matching) return []
  if (one === 'scalar' || other === 'scalar') return [{...at(matching), message: `${matching.kind} matches series with series, and one side is a number.`}]
  if (isSet && matching.group) return [{...at(matching), message: `${matching.group} does not go with ${operator}, which always matches many with many.`}]
  const twice = matching.kind === 'on' ? matching.included.find(label => matching.labels.includes(label)) : undefined
  return twice ? [{...at(matching), message: `The label ${twice} stands in on and in ${matching.group}. Take it out of one of them.`}] : []
}

/** What a gate cannot take although Prometheus would answer it. */
export function resultError(expression: Expression): QueryFinding | undefined {
  const one = bare(expression)
  const type = typeOf(one)
  if (type === 'range' && (one.kind === 'range' || one.kind === 'subquery' || one.kind === 'moved'))
    return {
      ...at(one),
      message: 'A gate judges one number, and this answers every sample of a range of time. Put a function such as rate(…) or max_over_time(…) around it.',
    }
  if (type === 'string') return {...at(one), message: 'A gate judges a number, and this answers text.'}
  return undefined
}
