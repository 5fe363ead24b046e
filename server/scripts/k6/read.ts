import type {AnyNode, Program} from 'acorn'
import type {Span} from '../span.ts'
import {type K6Request, requestsOf} from './requests.ts'
import {type Thresholds, thresholdsOf} from './thresholds.ts'
import {pathOf, walk} from './tree.ts'
import {Constants} from './values.ts'

/** What is known of a k6 script, in offsets of its text. */
export type K6Reading = {
  readonly thresholds: Thresholds
  readonly checks: readonly Span[]
  readonly requests: readonly K6Request[]
  /** Requests that cannot be told, or go by other ways than HTTP. */
  readonly isOpen: boolean
  /** It may end the test itself, as a failure: `test.abort()`, an exception in `setup` or `handleSummary`. */
  readonly mayAbort: boolean
}

/** Longer scripts are left alone, UTF-16 units. */
const longestScript = 100_000

/** Reads a script of k6; undefined where it is no JavaScript that can be parsed. */
export async function readK6(text: string): Promise<K6Reading | undefined> {
  if (text.length > longestScript) return undefined
  const {parse} = await import('acorn')
  let program: Program
  try {
    program = parse(text, {ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true, allowReturnOutsideFunction: true})
  } catch {
    return undefined
  }
  const constants = new Constants(program)
  const checks: Span[] = []
  let mayAbort = false
  for (const node of walk(program)) {
    if (node.type === 'CallExpression') {
      const path = pathOf(node.callee as AnyNode) ?? ''
      if (path === 'check') checks.push({start: node.start, end: node.end})
      if (/(^|\.)(abort|exit)$/.test(path)) mayAbort = true
    }
    if (isOutsideIterations(node)) for (const inner of walk(node)) if (inner.type === 'ThrowStatement' || isFail(inner)) mayAbort = true
  }
  return {thresholds: thresholdsOf(program, constants), checks, ...requestsOf(program, constants), mayAbort}
}

/** Functions that run once: an exception there fails the test, in an iteration it does not. */
const isOutsideIterations = (node: AnyNode): boolean => node.type === 'FunctionDeclaration' && /^(setup|teardown|handleSummary)$/.test(node.id?.name ?? '')

const isFail = (node: AnyNode): boolean => node.type === 'CallExpression' && pathOf(node.callee as AnyNode) === 'fail'
