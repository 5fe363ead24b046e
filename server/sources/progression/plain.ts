import {type Node, pairOf} from '../../document/node.ts'
import type {Place} from '../../model/place.ts'
import {unknownValue} from './unknown.ts'

/** Maps that may lack a key only because the text does not parse. */
export type Incomplete = {has(value: object): boolean}

export type Plain = {
  readonly value: unknown
  readonly incomplete: Incomplete
}

/** Values of nodes that were read before; a node never changes, so neither does its value. */
const values = new WeakMap<Node, object>()
const incomplete = new WeakSet<object>()

/** The JavaScript value of a tree without aliases, for the schema. What is unfinished or broken becomes `unknownValue`. */
export const plain = (root: Node): Plain => ({value: valueOfNode(root), incomplete})

function valueOfNode(node: Node): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind !== 'sequence' && node.kind !== 'mapping') return unknownValue
  const before = values.get(node)
  if (before !== undefined) return before
  const value: object =
    node.kind === 'sequence' ? node.items.map(valueOfNode) : Object.fromEntries(node.pairs.map(({key, value}) => [key.value, valueOfNode(value)]))
  if (node.open) incomplete.add(value)
  values.set(node, value)
  return value
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
