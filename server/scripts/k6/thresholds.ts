import type {AnyNode, ObjectExpression, Program} from 'acorn'
import type {Span} from '../span.ts'
import {pathOf, walk} from './tree.ts'
import type {Constants} from './values.ts'

/** A threshold, or undefined pieces where they are computed. */
export type Threshold = {readonly metric: string; readonly expression: string | undefined; readonly abortsOnFail: boolean; readonly at: Span}

export type Thresholds =
  /** `options` where they would stand, if there are any. */
  | {readonly state: 'absent'; readonly at: Span | undefined}
  | {readonly state: 'known'; readonly items: readonly Threshold[]; readonly isOpen: boolean; readonly at: Span}
  | {readonly state: 'unknown'}

/** The thresholds of the options that a script exports. Unknown where options come from elsewhere. */
export function thresholdsOf(program: Program, constants: Constants): Thresholds {
  const options = optionsOf(program, constants)
  if (options === undefined) return {state: 'absent', at: undefined}
  if (options === 'elsewhere') return {state: 'unknown'}
  const property = propertyOf(options, 'thresholds')
  if (property === 'elsewhere') return {state: 'unknown'}
  const at = {start: options.start, end: options.end}
  if (!property) return {state: 'absent', at}
  const value = constants.resolve(property)
  if (value.type !== 'ObjectExpression') return {state: 'unknown'}
  let isOpen = false
  const items: Threshold[] = []
  for (const pair of value.properties) {
    if (pair.type !== 'Property' || pair.computed) {
      isOpen = true
      continue
    }
    const metric = pair.key.type === 'Identifier' ? pair.key.name : pair.key.type === 'Literal' ? String(pair.key.value) : ''
    items.push(...expressions(pair.value as AnyNode, metric, constants))
  }
  return items.length === 0 && !isOpen ? {state: 'absent', at} : {state: 'known', items, isOpen, at}
}

function expressions(node: AnyNode, metric: string, constants: Constants): readonly Threshold[] {
  const value = constants.resolve(node)
  const at = {start: node.start, end: node.end}
  if (value.type === 'ArrayExpression') return value.elements.flatMap(element => (element ? expressions(element as AnyNode, metric, constants) : []))
  if (value.type === 'ObjectExpression') {
    const expression = propertyOf(value, 'threshold')
    const aborts = propertyOf(value, 'abortOnFail')
    const text = expression && expression !== 'elsewhere' ? constants.text(expression) : [undefined]
    const abortsOnFail = typeof aborts === 'object' && aborts.type === 'Literal' && aborts.value === true
    return [{metric, expression: text.length === 1 ? text[0] : undefined, abortsOnFail, at}]
  }
  const text = constants.text(value)
  return [{metric, expression: text.length === 1 ? text[0] : undefined, abortsOnFail: false, at}]
}

/** The value of a key; `elsewhere` where it may come from something that is spread. */
export function propertyOf(node: ObjectExpression, name: string): AnyNode | 'elsewhere' | undefined {
  let found: AnyNode | 'elsewhere' | undefined
  for (const pair of node.properties) {
    if (pair.type === 'SpreadElement') found = found ?? 'elsewhere'
    else if (pair.computed) found = found ?? 'elsewhere'
    else if ((pair.key.type === 'Identifier' && pair.key.name === name) || (pair.key.type === 'Literal' && pair.key.value === name))
      found = pair.value as AnyNode
  }
  return found
}

/** The options that k6 reads: an export of that name. */
function optionsOf(program: Program, constants: Constants): ObjectExpression | 'elsewhere' | undefined {
  for (const node of walk(program)) {
    // Options that are put together step by step, or by the rules of another module system.
    if (node.type !== 'AssignmentExpression') continue
    const path = pathOf(node.left as AnyNode) ?? ''
    if (/^(module\.)?exports(\.|$)|^options(\.|$)/.test(path)) return 'elsewhere'
  }
  for (const statement of program.body) {
    if (statement.type === 'ExportAllDeclaration') return 'elsewhere'
    if (statement.type !== 'ExportNamedDeclaration') continue
    const exported = statement.specifiers.find(({exported: name}) => name.type === 'Identifier' && name.name === 'options')
    const declarations = statement.declaration?.type === 'VariableDeclaration' ? statement.declaration.declarations : []
    const declared = declarations.find(({id}) => id.type === 'Identifier' && id.name === 'options')
    if (exported && statement.source) return 'elsewhere'
    const value = declared?.init ? constants.resolve(declared.init as AnyNode) : exported ? constants.resolve(exported.local as AnyNode) : undefined
    if (value) return value.type === 'ObjectExpression' ? value : 'elsewhere'
  }
  return undefined
}

/** What no measurement crosses: a share of at most 1, a count of at least 0. */
export function isAlwaysKept(expression: string): boolean {
  const [, value = '', sign = '', written = ''] =
    /^\s*(rate|count|value|min|max|avg|med|p\([\d.]+\))\s*(<=|>=|<|>|===?|!=)\s*([\d.]+)\s*$/.exec(expression) ?? []
  const limit = Number(written)
  if (value === 'rate') return (sign === '<=' && limit >= 1) || (sign === '<' && limit > 1) || (sign === '>=' && limit === 0)
  return value !== '' && value !== 'value' && sign === '>=' && limit === 0
}
