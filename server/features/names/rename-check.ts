import type {SchemaNode, SchemaTree} from '../../model/schema-tree.ts'
import {isVariable} from '../../model/variables.ts'
import type {Named} from './named.ts'

/** Where the schema says what a name of each kind may be. */
const ruled: Readonly<Record<string, (schema: SchemaTree) => SchemaNode | undefined>> = {
  environment: schema => schema.at(['environments', 0, 'name']),
  target: schema => schema.at(['environments', 0, 'targets', 0, 'name']),
  gate: schema => keysOf(schema, 'gates'),
  cluster: schema => keysOf(schema, 'clusters'),
  lane: schema => keysOf(schema, 'lanes'),
  // The schema leaves flags free; what holds for other names of somebody's own making is what flag systems take.
  flag: schema => keysOf(schema, 'gates'),
}

function keysOf(schema: SchemaTree, key: string): SchemaNode | undefined {
  const node = schema.at([key])
  return node && schema.open(node)?.keys
}

/** Why a thing cannot be given another name at all; undefined where it can. */
export function whyFixed({type, kind, name}: Named): string | undefined {
  if (type === 'anchor' || (type === 'variable' && name.startsWith('env.') && isVariable(name))) return undefined
  if (type === 'variable') return `\${${name}} is a variable of the format, so its name cannot be changed.`
  if (kind === 'rule') return `${name} is the code of a rule, so its name cannot be changed.`
  return ruled[kind] ? undefined : `The name of ${article(kind)} cannot be changed here.`
}

/** Why a new name cannot be given, with the way out; undefined where it can. */
export function whyWrong({type, kind, name}: Named, wanted: string, schema: SchemaTree): string | undefined {
  if (type === 'variable')
    return isVariable(wanted) && wanted.startsWith('env.') ? undefined : `Write env. and the name of an environment variable, such as ${name}.`
  if (type === 'anchor') return /^[^\s,[\]{}*&]+$/.test(wanted) ? undefined : 'An anchor is one word without brackets, braces and commas.'
  const node = ruled[kind]?.(schema)
  const rule = node?.branches.find(({type}) => type === 'string')
  const fits = wanted !== '' && (rule?.pattern === undefined || new RegExp(rule.pattern, 'u').test(wanted)) && wanted.length <= (longest(rule) ?? 63)
  if (fits) return undefined
  const called = rule?.['x-called'] ?? 'a name'
  return `${wanted === '' ? 'Nothing' : JSON.stringify(wanted)} cannot be the name of ${article(kind)}. Write ${called}, at most ${longest(rule) ?? 63} of them.`
}

const longest = (rule: object | undefined): number | undefined => (rule as {readonly maxLength?: number} | undefined)?.maxLength

export const article = (kind: string): string => `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`
