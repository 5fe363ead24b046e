import {type Binary, comparisons, type Expression} from './expression.ts'

/** A number, nothing at all, or undefined where it cannot be told. */
export type Answer = number | 'nothing' | undefined

/** What a query answers when none of its metrics has a series: nothing, unless it says otherwise with `or vector(0)`, `absent` and the like. */
export function withoutData(expression: Expression): Answer {
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'selector':
      return 'nothing'
    case 'range':
    case 'subquery':
    case 'moved':
    case 'group':
      return withoutData(expression.of)
    case 'unary': {
      const value = withoutData(expression.of)
      return typeof value === 'number' && expression.operator === '-' ? -value : value
    }
    case 'aggregation': {
      const value = expression.args.at(-1) && withoutData(expression.args.at(-1) as Expression)
      if (typeof value !== 'number') return value
      return expression.name === 'count' || expression.name === 'group'
        ? 1
        : /^(sum|avg|min|max|topk|bottomk|quantile)$/.test(expression.name)
          ? value
          : undefined
    }
    case 'call':
      return ofCall(expression.name, expression.args)
    case 'binary':
      return ofBinary(expression)
    default:
      return undefined
  }
}

function ofCall(name: string, args: readonly Expression[]): Answer {
  const answers = args.filter(({kind}) => kind !== 'string' && kind !== 'number').map(withoutData)
  if (name === 'vector') return args[0] && withoutData(args[0])
  if (name === 'absent' || name === 'absent_over_time') return answers[0] === 'nothing' ? 1 : undefined
  if (name === 'scalar') return answers[0] === 'nothing' ? Number.NaN : answers[0]
  if (/^(label_|sort)/.test(name)) return answers[0]
  return answers.length > 0 && answers.every(answer => answer === 'nothing') ? 'nothing' : undefined
}

function ofBinary({operator, bool, left, right}: Binary): Answer {
  const [one, other] = [withoutData(left), withoutData(right)]
  if (operator === 'or') return one === 'nothing' ? other : one
  if (operator === 'unless') return one === 'nothing' ? 'nothing' : other === 'nothing' ? one : undefined
  if (one === 'nothing' || other === 'nothing') return 'nothing'
  if (one === undefined || other === undefined) return undefined
  if (operator === 'and') return one
  if (comparisons.has(operator)) {
    const holds = holdsBetween(operator, one, other)
    return bool ? Number(holds) : holds ? one : 'nothing'
  }
  const calculated: Readonly<Record<string, number>> = {'+': one + other, '-': one - other, '*': one * other, '/': one / other, '^': one ** other}
  return calculated[operator]
}

const holdsBetween = (operator: string, one: number, other: number): boolean =>
  ({'==': one === other, '!=': one !== other, '<': one < other, '<=': one <= other, '>': one > other, '>=': one >= other})[operator] ?? false
