import {remembered} from '../model/remembered.ts'

/** UTF-16 offsets in a query. */
export type Span = {readonly start: number; readonly end: number}

/** A name that a variable is part of is not known: `http_${env.APP}_total`. */
export type Name = Span & {readonly text: string; readonly known: boolean}

export type MatchOperator = '=' | '!=' | '=~' | '!~'

export type Matcher = Span & {
  readonly label: string
  readonly labelAt: Span
  readonly operator: MatchOperator
  readonly value: string
  /** Between the quotes. */
  readonly valueAt: Span
  /** Variables are part of the value, so what it will be is not known. */
  readonly known: boolean
}

/** The time between brackets or behind `offset`. Seconds; undefined where a variable or a calculation decides. */
export type Period = Span & {readonly text: string; readonly seconds: number | undefined; readonly variable: string | undefined}

export type Grouping = Span & {readonly kind: 'by' | 'without'; readonly labels: readonly string[]}

export type Matching = Span & {
  readonly kind: 'on' | 'ignoring'
  readonly labels: readonly string[]
  readonly group: 'group_left' | 'group_right' | undefined
  readonly included: readonly string[]
}

export type Selector = Span & {
  readonly kind: 'selector'
  readonly name: Name | undefined
  readonly matchers: readonly Matcher[]
  /** The braces, where there are any. */
  readonly braces: Span | undefined
}

export type Call = Span & {readonly kind: 'call'; readonly name: string; readonly nameAt: Span; readonly args: readonly Expression[]}

export type Aggregation = Span & {
  readonly kind: 'aggregation'
  readonly name: string
  readonly nameAt: Span
  readonly grouping: Grouping | undefined
  readonly args: readonly Expression[]
}

export type Binary = Span & {
  readonly kind: 'binary'
  /** In lower case: `+`, `==`, `and`. */
  readonly operator: string
  readonly operatorAt: Span
  readonly bool: Span | undefined
  readonly matching: Matching | undefined
  readonly left: Expression
  readonly right: Expression
}

/** A query as a tree, free of the parser that read it. */
export type Expression =
  | (Span & {readonly kind: 'number'; readonly value: number})
  | (Span & {readonly kind: 'string'; readonly value: string})
  | Selector
  | Call
  | Aggregation
  | Binary
  | (Span & {readonly kind: 'range'; readonly of: Expression; readonly period: Period})
  | (Span & {readonly kind: 'subquery'; readonly of: Expression; readonly period: Period; readonly step: Period | undefined})
  /** `offset`, `@`, `anchored`, `smoothed`: the same at another moment. `how` is all of what is written behind it. */
  | (Span & {readonly kind: 'moved'; readonly of: Expression; readonly by: string; readonly how: string})
  | (Span & {readonly kind: 'unary'; readonly operator: string; readonly of: Expression})
  | (Span & {readonly kind: 'group'; readonly of: Expression})
  /** A variable in the place of an expression, or something that does not parse. */
  | (Span & {readonly kind: 'unknown'})

export type RangeExpression = Extract<Expression, {kind: 'range' | 'subquery'}>

export const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>='])
export const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless'])

/** What stands directly below an expression, from left to right. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'call':
    case 'aggregation':
      return expression.args
    case 'binary':
      return [expression.left, expression.right]
    case 'range':
    case 'subquery':
    case 'moved':
    case 'unary':
    case 'group':
      return [expression.of]
    default:
      return []
  }
}

function* walk(expression: Expression): Generator<Expression> {
  yield expression
  for (const child of children(expression)) yield* walk(child)
}

/** An expression and everything below it, itself first. */
export const partsOf = remembered((expression: Expression): readonly Expression[] => [...walk(expression)])

/** Without the parentheses around it. */
export const bare = (expression: Expression): Expression => (expression.kind === 'group' ? bare(expression.of) : expression)

/** Without parentheses, `offset` and `@`. */
export const unmoved = (expression: Expression): Expression =>
  expression.kind === 'group' || expression.kind === 'moved' ? unmoved(expression.of) : expression

export const selectorsIn = remembered((expression: Expression): readonly Selector[] => partsOf(expression).filter(one => one.kind === 'selector'))

/** The number an expression always is, or undefined. */
export function constant(expression: Expression): number | undefined {
  const one = bare(expression)
  if (one.kind === 'number') return one.value
  if (one.kind === 'unary') {
    const value = constant(one.of)
    return value === undefined ? undefined : one.operator === '-' ? -value : value
  }
  if (one.kind === 'call' && (one.name === 'vector' || one.name === 'scalar') && one.args[0]) return constant(one.args[0])
  if (one.kind !== 'binary') return undefined
  const [left, right] = [constant(one.left), constant(one.right)]
  if (left === undefined || right === undefined) return undefined
  const calculated: Readonly<Record<string, number>> = {'+': left + right, '-': left - right, '*': left * right, '/': left / right, '^': left ** right}
  return calculated[one.operator]
}
