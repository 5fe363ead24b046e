import type {Node} from '../document/node.ts'

/** Longer is no longer read at a glance. UTF-16 units. */
const longest = 400

/** A tree as one line of YAML, cut where it gets too long. What is unfinished is left out. */
export function flowOf(node: Node): string {
  const text = written(node, 0)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

function written(node: Node, depth: number): string {
  if (depth > 8) return '…'
  switch (node.kind) {
    case 'mapping':
      return `{${node.pairs.map(({key, value}) => `${quoted(key.source)}: ${written(value, depth + 1)}`).join(', ')}}`
    case 'sequence':
      return `[${node.items.map(item => written(item, depth + 1)).join(', ')}]`
    case 'scalar':
      return typeof node.value === 'string' ? quoted(node.value.trim().replace(/\s+/g, ' ')) : node.value === null ? 'null' : node.source
    case 'alias':
      return `*${node.name}`
    default:
      return ''
  }
}

const quoted = (text: string): string =>
  /^[^\s#&*!|>%@`"'{}[\],:?-][^#{}[\],]*$/.test(text) && !/:(\s|$)/.test(text) ? text : `'${text.replaceAll("'", "''")}'`
