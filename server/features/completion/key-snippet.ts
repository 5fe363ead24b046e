import {branchOf, type SchemaNode, type SchemaTree, wordsOf} from '../../model/schema-tree.ts'
import {choices, snippetText} from './candidate.ts'
import {scalarText} from './yaml-text.ts'

export type KeySnippet = {readonly snippet: string /** Its value is to be completed at once. */; readonly again: boolean}

/** A key with its value as a snippet, further lines from column 0. In braces everything is on one line. */
export function keySnippet(key: string, node: SchemaNode, schema: SchemaTree, flow: boolean): KeySnippet {
  const name = snippetText(scalarText(key, flow))
  const items = schema.child(node, 0)
  // Names are picked from what is there, not proposed from an example.
  if (items && refersOf(items)) return {snippet: `${name}: [$1]`, again: true}
  if (refersOf(node) || pathOf(node)) return {snippet: `${name}: $1`, again: true}
  const written = node['x-snippet']
  // At a named thing the snippet has the name in it.
  if (written?.startsWith(`${key}:`) && !(flow && written.includes('\n'))) return {snippet: written, again: false}
  return {snippet: `${name}:${valueSnippet(node, schema, flow)}`, again: false}
}

function valueSnippet(node: SchemaNode, schema: SchemaTree, flow: boolean): string {
  const words = wordsOf(node)
  if (words.length > 0 && branchOf(node, 'string')) return ` ${words.length === 1 ? snippetText(words[0] ?? '') : choices(1, usualFirst(words, node.default))}`
  if (branchOf(node, 'boolean')) return ` ${choices(1, ['true', 'false'])}`
  const example = [node.default, ...(node.examples ?? [])].find(value => ['string', 'number'].includes(typeof value))
  if (example !== undefined) return ` ${placeholder(example, flow)}`
  if (branchOf(node, 'string') || branchOf(node, 'number')) return ' $1'
  if (branchOf(node, 'array')) return flow || !isMapList(node, schema) ? ' [$1]' : '\n  - $1'
  return flow ? ' {$1}' : '\n  $1'
}

const usualFirst = (words: readonly string[], usual: unknown): readonly string[] =>
  typeof usual === 'string' && words.includes(usual) ? [usual, ...words.filter(word => word !== usual)] : words

function placeholder(value: unknown, flow: boolean): string {
  if (typeof value !== 'string') return `\${1:${value}}`
  const written = scalarText(value, flow)
  const quote = written.startsWith("'") ? "'" : ''
  return `${quote}\${1:${snippetText(quote ? written.slice(1, -1) : written)}}${quote}`
}

function isMapList(node: SchemaNode, schema: SchemaTree): boolean {
  const items = schema.child(node, 0)
  return items !== undefined && branchOf(items, 'object') !== undefined
}

/** What a text here names, such as `gate`. */
export const refersOf = (node: SchemaNode): string | undefined =>
  branchOf(node, 'string')?.['x-refers'] ?? (branchOf(node, 'string') ? node['x-refers'] : undefined)

export const pathOf = (node: SchemaNode): 'file' | 'folder' | undefined => branchOf(node, 'string')?.['x-path'] ?? node['x-path']
