import {type Node, pairOf} from '../../document/node.ts'
import type {Place} from '../../model/place.ts'
import {unknownValue} from './unknown.ts'

export type Plain = {
  readonly value: unknown
  /** Maps of `value` in which a key may be missing only because the text does not parse. */
  readonly incomplete: ReadonlySet<object>
}

/** The JavaScript value of a tree without aliases, for the schema. What is unfinished or broken becomes `unknownValue`. */
export function plain(root: Node): Plain {
  const incomplete = new Set<object>()
  const shared = new Map<Node, unknown>()
  function visit(node: Node): unknown {
    switch (node.kind) {
      case 'scalar':
        return node.value
      case 'empty':
      case 'broken':
      case 'alias':
        return unknownValue
      case 'sequence':
      case 'mapping': {
        const before = shared.get(node)
        if (before !== undefined) return before
        const value: unknown =
          node.kind === 'sequence' ? node.items.map(visit) : Object.fromEntries(node.pairs.map(({key, value}) => [key.value, visit(value)]))
        if (node.open) incomplete.add(value as object)
        shared.set(node, value)
        return value
      }
    }
  }
  return {value: visit(root), incomplete}
}

/** Where a path of keys and indices stands: its key, or its value, or the nearest thing above it that is there. */
export function placeOfPath(root: Node, path: readonly (string | number)[], target: 'key' | 'value'): Place {
  let node = root
  let at = root.at
  for (const step of path) {
    if (typeof step === 'number') {
      const item = node.kind === 'sequence' ? node.items[step] : undefined
      if (!item) return at
      node = item
      at = keyOrSelf(item)
    } else {
      const pair = pairOf(node, step)
      if (!pair) return at
      node = pair.value
      at = pair.key.at
    }
  }
  return target === 'value' && (node.kind === 'scalar' || ((node.kind === 'mapping' || node.kind === 'sequence') && node.flow)) ? node.at : at
}

/** A block map is shown at its first key: its whole extent would underline half the file. */
const keyOrSelf = (node: Node): Place => (node.kind === 'mapping' && !node.flow ? (node.pairs[0]?.key.at ?? node.at) : node.at)
