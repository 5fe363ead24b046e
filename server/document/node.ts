import type {Place} from '../model/place.ts'

export type ScalarStyle = 'plain' | 'single' | 'double' | 'block'

/** A piece of YAML with its place. Plain data, read once a block and shared by every version of the document that keeps the block. */
export type Node = Scalar | Mapping | Sequence | Alias | Empty | Broken

export type Scalar = {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** As written, without quotes; what a number or date looked like. */
  readonly source: string
  /** Every character of it, quotes and `|` included; left out where that is `source`. */
  readonly written?: string
  readonly style: ScalarStyle
  readonly at: Place
  readonly anchor?: string
}

export type Pair = {readonly key: Scalar; readonly value: Node}

export type Mapping = {
  readonly kind: 'mapping'
  readonly pairs: readonly Pair[]
  readonly flow: boolean
  readonly at: Place
  readonly anchor?: string
  /** Why a key that is not here may still be meant: the text does not parse. Nothing may be called missing then. */
  readonly open?: string
}

export type Sequence = {
  readonly kind: 'sequence'
  readonly items: readonly Node[]
  readonly flow: boolean
  readonly at: Place
  readonly anchor?: string
  readonly open?: string
}

export type Alias = {readonly kind: 'alias'; readonly name: string; readonly at: Place}

/** `key:` with nothing behind it: unfinished, so unknown. */
export type Empty = {readonly kind: 'empty'; readonly at: Place; readonly anchor?: string}

/** Something that is no YAML we can read. */
export type Broken = {readonly kind: 'broken'; readonly why: string; readonly at: Place}

/** The last pair of that key, as YAML readers that accept duplicates would take it. */
export const pairOf = (node: Node | undefined, key: string): Pair | undefined =>
  node?.kind === 'mapping' ? node.pairs.findLast(pair => pair.key.value === key) : undefined

export const valueAt = (node: Node | undefined, ...keys: string[]): Node | undefined =>
  keys.reduce<Node | undefined>((current, key) => pairOf(current, key)?.value, node)

/** Everything below a node, itself first, in the order of the text. Aliases are not followed. */
export function* walk(node: Node): Generator<Node> {
  yield node
  if (node.kind === 'mapping') {
    for (const {key, value} of node.pairs) {
      yield key
      yield* walk(value)
    }
  } else if (node.kind === 'sequence') for (const item of node.items) yield* walk(item)
}
