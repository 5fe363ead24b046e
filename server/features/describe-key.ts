import type {SchemaNode} from '../model/schema-tree.ts'
import {code} from './markdown.ts'

/** A key in Markdown: what it is for, what it takes, its default and an example, all from the schema. Undefined where the schema has no words for it. */
export function describeKey(key: string, node: SchemaNode): string | undefined {
  const {title, description, default: usual, examples = []} = node
  if (!title && !description) return undefined
  const values = [...new Set(node.branches.flatMap(branch => branch.enum ?? []))]
  const lines = [
    title ? `**${key}** · ${title}` : `**${key}**`,
    description,
    values.length > 1 ? `One of ${values.map(code).join(', ')}.` : undefined,
    usual === undefined ? undefined : `Default: ${code(written(usual))}`,
    examples.length > 0 ? `Example: ${code(written(examples[0]))}` : undefined,
  ]
  return lines.filter(line => line !== undefined).join('\n\n')
}

/** As it would be written in YAML: text without quotes, anything else as a flow collection. */
const written = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : JSON.stringify(value)
        .replace(/"([\w-]+)":/g, '$1: ')
        .replaceAll(',', ', ')
        .replace(/"([\w./-]+)"/g, '$1')
