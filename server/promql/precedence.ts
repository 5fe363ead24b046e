import type {Binary, Expression, Span} from './expression.ts'

/** A piece of a row of operands: an operand with all that belongs directly behind it, a sign before one, or an operator between two. */
export type Piece =
  | {readonly kind: 'operand'; readonly expression: Expression}
  | (Span & {readonly kind: 'sign'; readonly operator: string})
  | {readonly kind: 'operator'; readonly of: Omit<Binary, 'kind' | 'start' | 'end' | 'left' | 'right'>}

/** From the loosest to the closest, as Prometheus reads them; a sign is as close as a multiplication. */
const levels: readonly (readonly string[])[] = [
  ['or'],
  ['and', 'unless'],
  ['==', '!=', '<', '<=', '>', '>=', '</', '>/'],
  ['+', '-'],
  ['*', '/', '%', 'atan2'],
  ['^'],
]
const strength: ReadonlyMap<string, number> = new Map(levels.flatMap((operators, level) => operators.map(operator => [operator, level])))
const [multiplication, power] = [4, 5]

/**
 * Puts a row together. The grammar of lezer-promql hangs `offset`, `@` and ranges on the whole row before them
 * (`a / b offset 5m` becomes `(a / b) offset 5m`), so that what it says of operators cannot be kept.
 */
export function combined(pieces: readonly Piece[]): Expression {
  let next = 0

  function operand(): Expression {
    const piece = pieces[next]
    if (piece?.kind === 'operand') {
      next++
      return piece.expression
    }
    if (piece?.kind === 'sign') {
      next++
      const of = row(multiplication + 1)
      return {kind: 'unary', start: piece.start, end: of.end, operator: piece.operator, of}
    }
    return {kind: 'unknown', start: 0, end: 0}
  }

  function row(least: number): Expression {
    let left = operand()
    for (;;) {
      const piece = pieces[next]
      const level = piece?.kind === 'operator' ? (strength.get(piece.of.operator) ?? 0) : -1
      if (piece?.kind !== 'operator' || level < least) return left
      next++
      const right = row(level === power ? level : level + 1)
      left = {kind: 'binary', ...piece.of, start: left.start, end: Math.max(right.end, piece.of.operatorAt.end), left, right}
    }
  }

  return row(0)
}
