import type {Node} from 'web-tree-sitter'
import {type ReadStatements, wordOf} from './convert-words.ts'
import type {Test} from './syntax.ts'

/** An expression of `[ … ]` or `[[ … ]]`. The grammar gives `-a` and `-o` no precedence, so those are not read. */
export function testOf(node: Node, read: ReadStatements): Test {
  const operator = node.childForFieldName('operator')?.text ?? ''
  switch (node.type) {
    case 'unary_expression': {
      const operand = node.namedChildren.findLast(child => child?.type !== 'test_operator')
      if (!operand) return {kind: 'other'}
      return operator === '!' ? {kind: 'not', operand: testOf(operand, read)} : {kind: 'unary', operator, operand: wordOf(operand, read)}
    }
    case 'binary_expression': {
      const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')]
      if (!left || !right || operator === '-a' || operator === '-o') return {kind: 'other'}
      if (right.type === 'binary_expression' && operator !== '&&' && operator !== '||') return {kind: 'other'}
      if (operator === '&&' || operator === '||') return {kind: operator === '&&' ? 'and' : 'or', left: testOf(left, read), right: testOf(right, read)}
      // `! $a = b` denies the comparison and not its left side.
      const inner = left.type === 'unary_expression' && left.childForFieldName('operator')?.text === '!' ? left.namedChildren.at(-1) : undefined
      if (inner) return {kind: 'not', operand: {kind: 'binary', operator, left: wordOf(inner, read), right: wordOf(right, read)}}
      return {kind: 'binary', operator, left: wordOf(left, read), right: wordOf(right, read)}
    }
    case 'parenthesized_expression': {
      const inner = node.namedChild(0)
      return inner ? testOf(inner, read) : {kind: 'other'}
    }
    case 'negated_command':
    case 'list':
      return {kind: 'other'}
    default:
      return {kind: 'word', word: wordOf(node, read)}
  }
}

const fileTests = /^-[abcdefghkprstuwxGLNOS]$/

/** The same for the words behind `test`: up to three of them, as POSIX reads them. */
export function testOfWords<W>(
  words: readonly W[],
  text: (word: W) => string | undefined,
): {readonly negated: boolean; readonly operator?: string; readonly operands: readonly W[]} | undefined {
  const [first, second, third] = words
  if (words.length > 1 && first !== undefined && text(first) === '!') {
    const inner = testOfWords(words.slice(1), text)
    return inner && {...inner, negated: !inner.negated}
  }
  if (words.length === 1 && first !== undefined) return {negated: false, operands: [first]}
  if (words.length === 2 && first !== undefined && second !== undefined) {
    const operator = text(first) ?? ''
    return operator === '-n' || operator === '-z' || fileTests.test(operator) ? {negated: false, operator, operands: [second]} : undefined
  }
  if (words.length === 3 && first !== undefined && second !== undefined && third !== undefined)
    return {negated: false, operator: text(second) ?? '', operands: [first, third]}
  return undefined
}
