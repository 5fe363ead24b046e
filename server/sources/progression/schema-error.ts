import type {SchemaNode, SchemaTree} from '../../model/schema-tree.ts'

/** Keys and indices from the top of the document. */
export type Path = readonly (string | number)[]

export type SchemaErrorKind =
  | 'unknown-key'
  | 'misplaced-key'
  | 'missing-key'
  | 'conflicting-keys'
  | 'wrong-type'
  | 'not-one-of'
  | 'pattern'
  | 'out-of-range'
  | 'wrong-count'

/** One mistake in the form of a progression. */
export type SchemaError = {
  readonly code: 'config/schema' | 'config/unknown-key' | 'config/misplaced-key'
  readonly kind: SchemaErrorKind
  /** To the wrong key or value; for a missing key, to the map that lacks it. */
  readonly path: Path
  /** Whether the key at `path` is meant, or the value under it. A missing key is shown at the key of its map. */
  readonly target: 'key' | 'value'
  readonly message: string
  /** YAML that is surely meant, to stand in place of the key or value. */
  readonly suggestion?: string
  /** Keys, words or examples that would be right here. */
  readonly expected?: readonly string[]
}

/** A value that broke the schema, and what the schema says about its place. */
export type Subject = {
  readonly tree: SchemaTree
  /** The whole document, for names in messages. */
  readonly root: unknown
  readonly path: Path
  readonly value: unknown
  readonly node: SchemaNode
}
