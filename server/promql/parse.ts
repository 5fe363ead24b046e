import type {SyntaxNode} from '@lezer/common'
import {parser} from '@prometheus-io/lezer-promql'
import type {Expression, Grouping, Matcher, Matching, MatchOperator, Name, Period, Selector, Span} from './expression.ts'
import {masked, type Token, tokens} from './lexer.ts'
import {combined, type Piece} from './precedence.ts'

/** A query taken apart. `broken` is where the parser met something it does not know; the tree is then a guess. */
export type Parsed = {readonly text: string; readonly tokens: readonly Token[]; readonly expression: Expression; readonly broken: Span | undefined}

/** Reads a query in which variables may stand. Never throws. */
export function parse(text: string): Parsed {
  const list = tokens(text)
  const tree = parser.parse(masked(text, list))
  let broken: Span | undefined
  tree.iterate({
    enter({type, from, to}) {
      if (type.isError) broken ??= {start: from, end: to}
      return broken === undefined
    },
  })
  const top = tree.topNode.firstChild
  return {text, tokens: list, expression: top ? new Reader(text).expression(top) : {kind: 'unknown', start: 0, end: text.length}, broken}
}

const suffixed: ReadonlySet<string> = new Set(['MatrixSelector', 'SubqueryExpr', 'OffsetExpr', 'StepInvariantExpr', 'AnchoredExpr', 'SmoothedExpr'])
const modifiers: Readonly<Record<string, string>> = {OffsetExpr: 'offset', StepInvariantExpr: '@', AnchoredExpr: 'anchored', SmoothedExpr: 'smoothed'}

const span = ({from, to}: SyntaxNode): Span => ({start: from, end: to})

/** Makes our tree of the parser's. What is missing in a broken query is `unknown`. */
class Reader {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  expression(node: SyntaxNode | null): Expression {
    if (!node) return {kind: 'unknown', start: 0, end: 0}
    const at = span(node)
    const inner = (): Expression => this.expression(node.getChild('Expr'))
    switch (node.name) {
      case 'ParenExpr':
        return {kind: 'group', ...at, of: inner()}
      case 'NumberDurationLiteral': {
        const text = this.#textOf(node)
        return text.includes('${') ? {kind: 'unknown', ...at} : {kind: 'number', ...at, value: numberOf(text)}
      }
      case 'StringLiteral':
        return {kind: 'string', ...at, value: unquoted(this.#textOf(node))}
      case 'VectorSelector':
        return this.#selector(node)
      case 'FunctionCall': {
        const name = node.getChild('FunctionIdentifier')
        return {kind: 'call', ...at, name: this.#textOf(name), nameAt: span(name ?? node), args: this.#arguments(node)}
      }
      case 'AggregateExpr': {
        const name = node.getChild('AggregateOp')
        const modifier = node.getChild('AggregateModifier')
        return {
          kind: 'aggregation',
          ...at,
          name: this.#textOf(name).toLowerCase(),
          nameAt: span(name ?? node),
          grouping: modifier ? this.#grouping(modifier) : undefined,
          args: this.#arguments(node),
        }
      }
      case 'BinaryExpr':
      case 'UnaryExpr':
      case 'MatrixSelector':
      case 'SubqueryExpr':
      case 'OffsetExpr':
      case 'StepInvariantExpr':
      case 'AnchoredExpr':
      case 'SmoothedExpr':
        return combined(this.#row(node))
      default:
        return {kind: 'unknown', ...at}
    }
  }

  #textOf(node: SyntaxNode | null): string {
    return node ? this.#text.slice(node.from, node.to) : ''
  }

  #arguments(node: SyntaxNode): readonly Expression[] {
    return (node.getChild('FunctionCallBody')?.getChildren('Expr') ?? []).map(one => this.expression(one))
  }

  #selector(node: SyntaxNode): Selector | Expression {
    const identifier = node.getChild('Identifier')
    const braces = node.getChild('LabelMatchers')
    const text = this.#textOf(identifier)
    // A variable alone may stand for any expression.
    if (/^\$\{[^{}]*\}$/.test(text) && !braces) return {kind: 'unknown', ...span(node)}
    const matchers: Matcher[] = []
    let name: Name | undefined = identifier ? {...span(identifier), text, known: !text.includes('${')} : undefined
    for (let child = braces?.firstChild ?? null; child; child = child.nextSibling) {
      // {"metric.name", …}: a quoted name without an operator is that of the metric.
      if (child.name === 'QuotedLabelName') name ??= this.#quotedName(child)
      const matcher = this.#matcher(child)
      if (matcher?.label === '__name__' && matcher.operator === '=') name ??= {...matcher.valueAt, text: matcher.value, known: matcher.known}
      if (matcher) matchers.push(matcher)
    }
    return {kind: 'selector', ...span(node), name, matchers, braces: braces ? span(braces) : undefined}
  }

  #quotedName(node: SyntaxNode): Name {
    const value = unquoted(this.#textOf(node))
    return {start: node.from + 1, end: node.to - 1, text: value, known: !value.includes('${')}
  }

  #matcher(node: SyntaxNode): Matcher | undefined {
    const label = node.getChild('LabelName') ?? node.getChild('QuotedLabelName')
    const operator = node.getChild('MatchOp')
    const literal = node.getChild('StringLiteral')
    if (!label || !operator || !literal) return undefined
    const value = unquoted(this.#textOf(literal))
    return {
      ...span(node),
      label: label.name === 'QuotedLabelName' ? unquoted(this.#textOf(label)) : this.#textOf(label),
      labelAt: span(label),
      operator: this.#textOf(operator) as MatchOperator,
      value,
      valueAt: {start: literal.from + 1, end: Math.max(literal.from + 1, literal.to - 1)},
      known: !/\$\{/.test(value),
    }
  }

  #grouping(node: SyntaxNode): Grouping {
    return {...span(node), kind: node.getChild('Without') ? 'without' : 'by', labels: this.#labels(node.getChild('GroupingLabels'))}
  }

  #labels(node: SyntaxNode | null): readonly string[] {
    const found: string[] = []
    for (let child = node?.firstChild ?? null; child; child = child.nextSibling)
      if (child.name === 'LabelName') found.push(this.#textOf(child))
      else if (child.name === 'QuotedLabelName') found.push(unquoted(this.#textOf(child)))
    return found
  }

  /** Operands and what stands between them, from left to right, whatever the parser nested into what. */
  #row(node: SyntaxNode): Piece[] {
    if (node.name === 'BinaryExpr') {
      const [left, right] = node.getChildren('Expr')
      const row = left ? this.#row(left) : []
      row.push({kind: 'operator', of: this.#operator(node, left?.nextSibling ?? null)})
      return right ? [...row, ...this.#row(right)] : row
    }
    const inner = node.getChild('Expr')
    if (node.name === 'UnaryExpr') {
      const sign = node.getChild('UnaryOp')
      return [{kind: 'sign', ...span(sign ?? node), operator: this.#textOf(sign)}, ...(inner ? this.#row(inner) : [])]
    }
    if (!inner || !suffixed.has(node.name)) return [{kind: 'operand', expression: this.expression(node)}]
    const row = this.#row(inner)
    const last = row.at(-1)
    if (last?.kind === 'operand') row[row.length - 1] = {kind: 'operand', expression: this.#suffix(node, last.expression)}
    return row
  }

  /** An operand with a range, a subquery, `offset` or `@` behind it. */
  #suffix(node: SyntaxNode, of: Expression): Expression {
    const at = {start: of.start, end: node.to}
    const [period, step] = node.getChildren('DurationExpr')
    if (node.name === 'MatrixSelector') return {kind: 'range', ...at, of, period: this.#period(period ?? node)}
    if (node.name === 'SubqueryExpr') return {kind: 'subquery', ...at, of, period: this.#period(period ?? node), step: step && this.#period(step)}
    return {kind: 'moved', ...at, of, by: modifiers[node.name] ?? '', how: this.#text.slice(of.end, at.end).trim()}
  }

  #operator(node: SyntaxNode, operator: SyntaxNode | null): Extract<Piece, {kind: 'operator'}>['of'] {
    const bool = node.getChild('BoolModifier')
    const clause = node.getChild('MatchingModifierClause')
    const [matched, included] = clause?.getChildren('GroupingLabels') ?? []
    const group = clause?.getChild('GroupLeft') ? 'group_left' : clause?.getChild('GroupRight') ? 'group_right' : undefined
    const matching: Matching | undefined = clause
      ? {
          ...span(clause),
          kind: clause.getChild('On') ? 'on' : 'ignoring',
          labels: this.#labels(matched ?? null),
          group,
          included: this.#labels(included ?? null),
        }
      : undefined
    return {operator: this.#textOf(operator).toLowerCase(), operatorAt: span(operator ?? node), bool: bool ? span(bool) : undefined, matching}
  }

  #period(node: SyntaxNode): Period {
    const text = this.#textOf(node)
    const variable = /\$\{\s*([^{}]*?)\s*\}/.exec(text)?.[1]
    return {...span(node), text, variable, seconds: variable === undefined ? secondsOf(text) : undefined}
  }
}

const unitSeconds: Readonly<Record<string, number>> = {ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000}

/** Seconds of a Prometheus duration such as `1h30m`, or of a plain number; undefined for anything that is calculated. */
export function secondsOf(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  if (!/^(\d+(ms|[smhdwy]))+$/.test(text)) return undefined
  let sum = 0
  for (const [, amount, unit = ''] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) sum += Number(amount) * (unitSeconds[unit] ?? 0)
  return sum
}

/** The value of a number literal; a duration counts in seconds. */
function numberOf(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1
  const plain = text
    .replace(/^[-+]\s*/, '')
    .replaceAll('_', '')
    .toLowerCase()
  if (plain === 'inf') return sign * Number.POSITIVE_INFINITY
  return sign * (secondsOf(plain) ?? Number(plain))
}

/** The text a string literal stands for, in the escapes of Go; back quotes have none. */
export function unquoted(literal: string): string {
  const inner = literal.slice(1, literal.length > 1 && literal.endsWith(literal[0] ?? '') ? -1 : undefined)
  if (literal.startsWith('`') || !inner.includes('\\')) return inner
  const simple: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v'}
  return inner.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|([\s\S]))/g, (_, byte, short, long, octal, letter: string) => {
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8))
    const code = byte ?? short ?? long
    if (code === undefined) return simple[letter] ?? letter
    const point = Number.parseInt(code, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : ''
  })
}
