import type {Document} from '../document/document.ts'
import type {Node, Pair} from '../document/node.ts'

export type NodeAt = {
  /** Keys and indices from the top of the YAML document to what stands at the offset. */
  readonly path: readonly (string | number)[]
  /** The key the offset is on, with its value; undefined on a value or between things. */
  readonly pair: Pair | undefined
  /** Which YAML document of the file, counted from 0. */
  readonly section: number
}

/** What stands at an offset of a document; undefined before the first thing in it. */
export function nodeAt(document: Document, offset: number): NodeAt | undefined {
  const section = document.sections.findLastIndex(one => one.offset <= offset)
  let node: Node | undefined = document.sections[section]?.section.root
  const path: (string | number)[] = []
  if (!node) return undefined
  for (;;) {
    if (node.kind === 'mapping') {
      // Values of keys may be put together from several blocks, so what decides is where the keys stand.
      const pair: Pair | undefined = node.pairs.findLast(one => startOf(document, one.key) <= offset)
      if (!pair) return {path, pair: undefined, section}
      path.push(String(pair.key.value))
      const start = startOf(document, pair.key)
      if (offset <= start + pair.key.at.end - pair.key.at.start) return {path, pair, section}
      node = pair.value
    } else if (node.kind === 'sequence') {
      const index: number = node.items.findLastIndex(item => startOf(document, item) <= offset)
      const item: Node | undefined = node.items[index]
      if (!item) return {path, pair: undefined, section}
      path.push(index)
      node = item
    } else return {path, pair: undefined, section}
  }
}

const startOf = (document: Document, node: Node): number => document.offset(node.at) ?? Number.POSITIVE_INFINITY
