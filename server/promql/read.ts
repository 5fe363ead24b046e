import type {Expression} from './expression.ts'
import type {QueryFinding} from './finding.ts'
import type {Token} from './lexer.ts'
import {Memo} from './memo.ts'
import {parse} from './parse.ts'
import {syntaxError} from './syntax-errors.ts'
import {resultError, typeErrors} from './types.ts'

/** A query as everybody reads it. `expression` is there only where Prometheus would take the query. */
export type ReadQuery = {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly expression: Expression | undefined
  readonly findings: readonly QueryFinding[]
}

// Texts of a few hundred characters; what is edited is a new text at every key stroke, the others stay.
const reads = new Memo<ReadQuery>(1000)

/** Reads a query with its mistakes, in the order they stand; every text once. Never throws. */
export const readPromql = (text: string): ReadQuery => reads.get(text, read)

function read(text: string): ReadQuery {
  const parsed = parse(text)
  const {tokens, expression} = parsed
  if (tokens.every(({kind}) => kind === 'comment')) return {text, tokens, expression: undefined, findings: []}
  const broken = syntaxError(parsed)
  if (broken) return {text, tokens, expression: undefined, findings: [broken]}
  const wrong = [...typeErrors(expression)]
  const result = wrong.length === 0 ? resultError(expression) : undefined
  if (result) wrong.push(result)
  const findings = wrong.toSorted((a, b) => a.start - b.start || a.end - b.end)
  return {text, tokens, expression: findings.length === 0 ? expression : undefined, findings}
}
