import type {Test, Word} from './syntax.ts'
import {hasText, textOf, type Value} from './value.ts'

/** Whether a test holds, or undefined where that is not known. `expand` gives the value of a word. */
export function judgeTest(test: Test, expand: (word: Word) => Value): boolean | undefined {
  switch (test.kind) {
    case 'word':
      return hasText(expand(test.word))
    case 'not': {
      const inner = judgeTest(test.operand, expand)
      return inner === undefined ? undefined : !inner
    }
    case 'and':
    case 'or': {
      const [left, right] = [judgeTest(test.left, expand), judgeTest(test.right, expand)]
      const decisive = test.kind === 'or'
      if (left === decisive || right === decisive) return decisive
      return left === undefined || right === undefined ? undefined : !decisive
    }
    case 'unary':
      return judgeUnary(test.operator, expand(test.operand))
    case 'binary':
      return judgeBinary(test.operator, expand(test.left), expand(test.right), test.right)
    default:
      return undefined
  }
}

/** A file that is asked for is there: a script that stops because it is not judges no release. */
export function judgeUnary(operator: string, value: Value): boolean | undefined {
  const has = hasText(value)
  if (operator === '-n') return has
  if (operator === '-z') return has === undefined ? undefined : !has
  return /^-[efdrxs]$/.test(operator) ? true : undefined
}

const compared: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
}

/** `right` tells in `[[ … ]]` what of a pattern is quoted; left out for `test`, which knows no patterns. */
export function judgeBinary(operator: string, left: Value, right: Value, pattern?: Word): boolean | undefined {
  const [a, b] = [textOf(left), textOf(right)]
  const compare = compared[operator]
  if (compare) {
    if (isFailure(left) && b === '0') return operator === '-ne' || operator === '-gt' ? true : operator === '-eq' ? false : undefined
    if (a === undefined || b === undefined) return undefined
    // What is no number is an error, and so not true.
    return /^\s*[-+]?\d+\s*$/.test(a) && /^\s*[-+]?\d+\s*$/.test(b) ? compare(Number(a), Number(b)) : false
  }
  if (operator === '=' || operator === '==' || operator === '!=') {
    if (isFailure(left) && b === '0') return operator === '!='
    if (a === undefined || b === undefined) return undefined
    const equal = pattern?.parts.some(part => part.kind === 'text' && !part.quoted) ? matches(a, b) : a === b
    return equal === undefined ? undefined : operator === '!=' ? !equal : equal
  }
  if (operator === '=~') return a === undefined || b === undefined ? undefined : matchesExpression(a, b)
  return undefined
}

const isFailure = ([only, ...others]: Value): boolean => others.length === 0 && typeof only === 'object' && only.isFailure === true

/** Whether a text fits a pattern of `case` and `[[`: `*`, `?` and `[…]`. Undefined for patterns of other kinds. */
export function matches(text: string, pattern: string): boolean | undefined {
  if (/[@!+?*]\(/.test(pattern)) return undefined
  const source = pattern
    .replace(/[\\^$.|+(){}]/g, '\\$&')
    .replace(/\*/g, '[\\s\\S]*')
    .replace(/\?/g, '[\\s\\S]')
    .replace(/\[!/g, '[^')
  return matchesExpression(text, `^(?:${source})$`)
}

function matchesExpression(text: string, source: string): boolean | undefined {
  // What POSIX and JavaScript read differently is left alone.
  if (/\[:\w+:\]|\(\?(?!:)/.test(source) || text.length > 40) return undefined
  try {
    return new RegExp(source).test(text)
  } catch {
    return undefined
  }
}
