import type {State} from './state.ts'
import {from, literal, originOf, textOf, unclear, type Value} from './value.ts'

type Operand = {readonly number?: number; readonly value: Value}

const token = /^\s*(\d+|0x[0-9a-fA-F]+|\$?[A-Za-z_]\w*|\*\*|<<|>>|[<>=!]=|&&|\|\||[-+*/%<>!()?:&|^~,=])/

const levels: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!='], ['<=', '>=', '<', '>'], ['+', '-'], ['*', '/', '%']]

/**
 * The value of what stands inside `$(( … ))`, after its expansions. Empty text is 0. Not known where a part is not known, or
 * where a shell would refuse it, such as a fraction; then `isWrong`.
 */
export function arithmetic(value: Value, state: State): {readonly value: Value; readonly isWrong: boolean} {
  const tokens: (string | Value)[] = []
  const known = textOf(value) !== undefined
  for (const piece of value) {
    if (typeof piece !== 'string') {
      tokens.push([piece])
      continue
    }
    for (let rest = piece; rest.trim() !== ''; ) {
      const match = token.exec(rest)
      if (!match?.[1]) return {value: unclear, isWrong: known}
      tokens.push(match[1])
      rest = rest.slice(match[0].length)
    }
  }
  if (tokens.length === 0) return {value: literal('0'), isWrong: false}
  const reader = new Reader(tokens, state)
  const read = reader.level(0)
  if (!read || !reader.isAtEnd) return {value: unclear, isWrong: known && !reader.isBeyond}
  return {value: read.value, isWrong: false}
}

class Reader {
  readonly #tokens: readonly (string | Value)[]
  readonly #state: State
  #at = 0
  /** A sign was met that a shell knows and this does not. */
  isBeyond = false

  constructor(tokens: readonly (string | Value)[], state: State) {
    this.#tokens = tokens
    this.#state = state
  }

  get isAtEnd(): boolean {
    const next = this.#tokens[this.#at]
    if (typeof next === 'string' && /^([?:&|^~,=]|\*\*|<<|>>)$/.test(next)) this.isBeyond = true
    return this.#at >= this.#tokens.length
  }

  level(depth: number): Operand | undefined {
    const signs = levels[depth]
    if (!signs) return this.#single()
    let left = this.level(depth + 1)
    for (;;) {
      const sign = this.#tokens[this.#at]
      if (!left || typeof sign !== 'string' || !signs.includes(sign)) return left
      this.#at++
      const right = this.level(depth + 1)
      left = right && combined(left, sign, right)
    }
  }

  #single(): Operand | undefined {
    const next = this.#tokens[this.#at++]
    if (next === undefined) return undefined
    if (typeof next !== 'string') return {value: next}
    if (next === '(') {
      const inner = this.level(0)
      return this.#tokens[this.#at++] === ')' ? inner : undefined
    }
    if (next === '-' || next === '+' || next === '!') {
      const operand = this.#single()
      if (operand?.number === undefined) return operand && {value: unclear}
      return numberOf(next === '-' ? -operand.number : next === '!' ? Number(operand.number === 0) : operand.number)
    }
    if (/^\d|^0x/.test(next)) return numberOf(Number(/^0\d/.test(next) ? Number.parseInt(next, 8) : next))
    if (!/^\$?[A-Za-z_]/.test(next)) return undefined
    const stored = this.#state.variables.get(next.replace(/^\$/, ''))
    if (!stored || this.#state.isForeign) return {value: unclear}
    const text = textOf(stored)
    return text !== undefined && /^-?\d+$/.test(text) ? numberOf(Number(text)) : {value: text === '' ? literal('0') : originOf(stored) ? stored : unclear}
  }
}

const numberOf = (number: number): Operand => ({number, value: literal(String(number))})

function combined({number: a, value}: Operand, sign: string, {number: b}: Operand): Operand {
  const origin = originOf(value)
  if (a === undefined && b !== undefined && origin?.kind === 'history-lines' && (sign === '-' || sign === '+'))
    return {value: from({...origin, minus: origin.minus + (sign === '-' ? b : -b)})}
  if (a === undefined || b === undefined) return {value: unclear}
  if ((sign === '/' || sign === '%') && b === 0) return {value: unclear}
  return numberOf(calculate(a, sign, b))
}

function calculate(a: number, sign: string, b: number): number {
  switch (sign) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return Math.trunc(a / b)
    case '%':
      return a % b
    case '<':
      return Number(a < b)
    case '>':
      return Number(a > b)
    case '<=':
      return Number(a <= b)
    case '>=':
      return Number(a >= b)
    case '==':
      return Number(a === b)
    case '!=':
      return Number(a !== b)
    case '&&':
      return Number(a !== 0 && b !== 0)
    default:
      return Number(a !== 0 || b !== 0)
  }
}
