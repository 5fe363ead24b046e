import {branchOf, type JsonType, type SchemaNode} from '../../model/schema-tree.ts'
import type {Path} from './schema-error.ts'

/** `a, b or c`. */
export const either = (words: readonly string[]): string => join(words, 'or')

/** `a, b and c`. */
export const both = (words: readonly string[]): string => join(words, 'and')

const join = (words: readonly string[], last: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at a path of a plain value. */
export const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (Array.isArray(value) || isMap(value) ? (value as Record<string | number, unknown>)[step] : undefined), root)

export const typeOf = (value: unknown): JsonType =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : isMap(value) ? 'object' : (typeof value as 'string' | 'number' | 'boolean')

/** `production.rollback.within`: environments and other things with a name by that name, the rest by key and index. */
export function label(root: unknown, path: Path): string {
  let text = ''
  path.forEach((step, index) => {
    if (index === 0 && step === 'environments' && path.length > 1) return
    const name = typeof step === 'number' && path[index + 1] !== 'name' ? nameOf(valueAt(root, path.slice(0, index + 1))) : undefined
    if (typeof step === 'string' || name !== undefined) text += `${text && '.'}${name ?? step}`
    else text = `${text || 'environments'}[${step}]`
  })
  return text
}

const nameOf = (value: unknown): string | undefined => (isMap(value) && typeof value.name === 'string' && value.name !== '' ? value.name : undefined)

/** A value as a message shows it, and not at all where it may be a secret. */
export const shown = (value: unknown, node: SchemaNode): string =>
  node['x-secret'] || node.branches.some(branch => branch['x-secret']) ? 'this value' : value === '' ? "''" : inOneLine(String(value))

/** Text without line breaks, cut where it is long. */
export function inOneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 60 ? `${line.slice(0, 57)}…` : line
}

/** What a value is called in a message: `a list`, `a number (30)`. */
export function kindOf(value: unknown, node: SchemaNode): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (isMap(value)) return 'a map'
  const secret = shown(value, node) === 'this value'
  const whole = typeof value === 'number' && node.branches.some(branch => branch.type === 'integer')
  const word = typeof value === 'string' ? 'text' : typeof value === 'number' && !whole ? 'a number' : ''
  if (secret) return word || 'true or false'
  return word ? `${word} (${shown(value, node)})` : String(value)
}

/** What a place takes: `a list`, `a duration`, `one of client, ci or job`. */
export function calledFor(node: SchemaNode): string {
  if (node['x-called'] && !branchOf(node, 'object')) return node['x-called']
  const kinds = [
    ...new Set(
      node.branches.map(branch => {
        if (branch.type === 'object') return 'a map'
        if (branch.enum) return branch.enum.length > 1 ? `one of ${either(branch.enum)}` : either(branch.enum)
        const called = branch['x-called']
        return branch.type === 'array' ? (called ?? 'a list') : (called ?? 'text')
      }),
    ),
  ]
  return kinds.some(kind => kind.includes(' or ')) ? kinds.join(', or ') : either(kinds)
}
