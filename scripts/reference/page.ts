import {readFile} from 'node:fs/promises'
import {stringify} from 'yaml'
import {branchOf, type Schema, type SchemaKey, type SchemaNode, SchemaTree} from '../../server/model/schema-tree.ts'
import {variables} from '../../server/model/variables.ts'

/** The reference of progression.yaml in Markdown, from the schema alone: a section a map, a row a key, with its example below. */
export async function referencePage(): Promise<string> {
  const schema = JSON.parse(await readFile(new URL('../../schemas/progression.schema.json', import.meta.url), 'utf8')) as Schema
  const tree = new SchemaTree(schema)
  const sections = new Map<string, string>()
  visit(tree, tree.root, 'progression.yaml', sections)
  return [
    '# progression.yaml, key by key',
    '',
    'Made from [the schema](../schemas/progression.schema.json) by `node scripts/reference.ts`. What the editor shows while you type is the same text.',
    '',
    [...sections.values()].join('\n\n'),
    '',
    '## Variables',
    '',
    'They stand in strings, and inside `{}` or `[]` the string must be quoted. `$${` is a literal `${`.',
    '',
    '| variable | what it stands for |',
    '|---|---|',
    ...Object.entries(variables).map(([name, meaning]) => `| \`\${${name}}\` | ${cell(meaning)} |`),
    '| `${env.NAME}` | An environment variable of whoever runs the command. The place for secrets. |',
    '',
  ].join('\n')
}

/** One section for a map with keys of its own; maps below it come behind it, each once, however often it is used. */
function visit(tree: SchemaTree, node: SchemaNode, title: string, sections: Map<string, string>): void {
  const keys = tree.keys(node)
  if (keys.length === 0 || sections.has(title)) return
  const rows = keys.map(key => row(tree, key))
  const example = node.examples?.[0]
  sections.set(
    title,
    [
      `## ${title}`,
      ...(node.description ? ['', node.description] : []),
      ...['', '| key | takes | meaning |', '|---|---|---|', ...rows],
      ...(example === undefined ? [] : ['', '```yaml', stringify(example, {lineWidth: 140, flowCollectionPadding: false}).trimEnd(), '```']),
    ].join('\n'),
  )
  for (const {node: child} of keys) for (const below of mapsOf(tree, child)) visit(tree, below, titleOf(below), sections)
}

/** The maps a place takes itself, as items of a list, or as values of an open map. */
function mapsOf(tree: SchemaTree, node: SchemaNode): SchemaNode[] {
  const items = tree.child(node, 0)
  const values = tree.open(node)?.values
  return [node, ...(items ? mapsOf(tree, items) : []), ...(values ? mapsOf(tree, values) : [])].filter(one => tree.keys(one).length > 0)
}

const titleOf = (node: SchemaNode): string => branchOf(node, 'object')?.title ?? node.title ?? 'map'

function row(tree: SchemaTree, {key, node, required}: SchemaKey): string {
  const usual = node.default === undefined ? '' : ` Default: \`${flow(node.default)}\`.`
  const example = node.examples?.[0]
  const shown = example === undefined || typeof example === 'object' ? '' : ` Example: \`${flow(example)}\`.`
  return `| \`${key}\`${required ? ' (required)' : ''} | ${cell(takes(tree, node))} | ${cell(`${node.description ?? ''}${usual}${shown}`)} |`
}

/** What may stand there, in words: `text`, `a list of environments`, `dev or prod`. */
function takes(tree: SchemaTree, node: SchemaNode): string {
  const kinds = node.branches.map(branch => {
    if (branch.enum) return branch.enum.length > 12 ? 'a word' : branch.enum.map(word => `\`${word}\``).join(', ')
    if (branch.type === 'array') {
      const items = tree.child(node, 0)
      return items ? `list of: ${takes(tree, items)}` : 'list'
    }
    if (branch.type === 'object') {
      const values = tree.open(node)?.values
      const own = tree.keys(node).length > 0
      const name = branch.title ?? node.title ?? 'map'
      return own ? `[${name}](#${anchor(name)})` : values ? `map of names to ${takes(tree, values)}` : 'map'
    }
    return branch['x-called'] ?? (branch.type === 'string' ? 'text' : branch.type)
  })
  return [...new Set(kinds)].join(' or ')
}

const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s+/g, '-')

const flow = (value: unknown): string =>
  typeof value === 'string' ? value : stringify(value, {collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0}).trim()

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
