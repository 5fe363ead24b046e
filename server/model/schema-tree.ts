export type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'

/** What must be there once everything is merged; see `x-needs` in `schema-words.ts`. */
export type Need = {readonly when?: string; readonly any: readonly string[]; readonly one?: boolean}

/** A schema as it is written, as far as anybody here reads it. */
export type Schema = {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly title?: string
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly default?: unknown
  readonly deprecated?: boolean
  readonly type?: JsonType
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | false
  readonly propertyNames?: Schema
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly 'x-called'?: string
  readonly 'x-aliases'?: readonly string[]
  readonly 'x-instead'?: string
  readonly 'x-needs'?: readonly Need[]
  readonly 'x-partial'?: boolean
  readonly 'x-defines'?: string
  readonly 'x-refers'?: string
  readonly 'x-path'?: 'file' | 'folder'
  readonly 'x-language'?: 'promql' | 'shell'
  readonly 'x-duration'?: boolean
  readonly 'x-variables'?: boolean
  readonly 'x-secret'?: boolean
  readonly 'x-snippet'?: string
}

/** One kind of value that may stand somewhere. Where several may, their types differ, so a value says which one is meant. */
export type SchemaBranch = Schema & {readonly type: JsonType}

/**
 * What may stand at a place: words for people from the place itself (else from the definition it refers to) and the kinds of
 * value it takes. `removable` places take a null too, which removes what was inherited.
 */
export type SchemaNode = Omit<Schema, '$ref' | '$defs' | 'anyOf' | 'type'> & {readonly branches: readonly SchemaBranch[]; readonly removable: boolean}

export type SchemaKey = {readonly key: string; readonly required: boolean; readonly node: SchemaNode}

/** A schema by place: references followed, kinds of value apart. Understands what our own schemas use, not all of JSON Schema. */
export class SchemaTree {
  readonly root: SchemaNode
  /** Whether anything in it is deprecated at all. */
  readonly hasDeprecated: boolean
  readonly #definitions: Schema
  readonly #nodes = new WeakMap<Schema, SchemaNode>()
  readonly #owners = new Map<string, string[]>()

  constructor(definitions: Schema) {
    this.#definitions = definitions
    this.root = this.#node(definitions)
    this.hasDeprecated = hasDeprecated(definitions)
    for (const definition of [definitions, ...Object.values(definitions.$defs ?? {})]) {
      const owner = definition['x-called']
      // What is merged into something else has the keys of that thing, where they are found already.
      if (owner === undefined || definition['x-partial']) continue
      for (const key of Object.keys(definition.properties ?? {})) this.#owners.set(key, [...(this.#owners.get(key) ?? []), owner])
    }
  }

  /** What may stand at a path of keys and indices from the top, or undefined where nothing is known to. */
  at(path: readonly (string | number)[]): SchemaNode | undefined {
    return path.reduce<SchemaNode | undefined>((node, step) => node && this.child(node, step), this.root)
  }

  /** What may stand under a key of a map, or at an index of a list. */
  child(node: SchemaNode, step: string | number): SchemaNode | undefined {
    if (typeof step === 'number') return this.#maybe(branchOf(node, 'array')?.items)
    const map = branchOf(node, 'object')
    if (!map) return undefined
    if (map.properties && Object.hasOwn(map.properties, step)) return this.#maybe(map.properties[step])
    const pattern = Object.keys(map.patternProperties ?? {}).find(pattern => new RegExp(pattern, 'u').test(step))
    return this.#maybe(pattern === undefined ? map.additionalProperties : map.patternProperties?.[pattern])
  }

  /** The keys that have a name of their own here, in the order of the schema. None where no map may stand. */
  keys(node: SchemaNode): readonly SchemaKey[] {
    const {properties = {}, required = []} = branchOf(node, 'object') ?? {}
    return Object.entries(properties).map(([key, schema]) => ({key, required: required.includes(key), node: this.#node(schema)}))
  }

  /** What stands under every other key of an open map, and what those keys may be; undefined where the keys are fixed. */
  open(node: SchemaNode): {readonly keys: SchemaNode | undefined; readonly values: SchemaNode} | undefined {
    const {propertyNames, additionalProperties} = branchOf(node, 'object') ?? {}
    return additionalProperties ? {keys: this.#maybe(propertyNames), values: this.#node(additionalProperties)} : undefined
  }

  /** What the maps are called that have a key of this name: `an environment`, `a target`. */
  ownersOf(key: string): readonly string[] {
    return this.#owners.get(key) ?? []
  }

  #maybe(schema: Schema | false | undefined): SchemaNode | undefined {
    return schema ? this.#node(schema) : undefined
  }

  #node(schema: Schema): SchemaNode {
    const known = this.#nodes.get(schema)
    if (known) return known
    const all = this.#branches(schema)
    const branches = all.filter(branch => branch.type !== 'null')
    const inherited = branches.length === 1 && branches[0] ? this.#words(branches[0]) : {}
    const node: SchemaNode = {...inherited, ...this.#words(schema), branches, removable: branches.length < all.length}
    this.#nodes.set(schema, node)
    return node
  }

  /** A part of `anyOf` as branches; a reference may lead to `anyOf` again. */
  #branches(schema: Schema): readonly SchemaBranch[] {
    const whole = this.#resolve(schema)
    if (whole.anyOf) return whole.anyOf.flatMap(part => this.#branches(part))
    // A place without a type, such as a free key, takes anything and so has no branch.
    return whole.type ? [whole as SchemaBranch] : []
  }

  /** The end of a chain of references. */
  #resolve(schema: Schema): Schema {
    return schema.$ref === undefined ? schema : this.#resolve(this.#follow(schema.$ref))
  }

  /** Words along a chain of references, nearer ones first. */
  #words(schema: Schema): Partial<SchemaNode> {
    const {$ref, $defs: _defs, anyOf: _anyOf, type: _type, ...own} = schema
    return $ref === undefined ? own : {...this.#words(this.#follow($ref)), ...own}
  }

  #follow(reference: string): Schema {
    const found = reference
      .split('/')
      .slice(1)
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], this.#definitions)
    if (found === undefined) throw new Error(`The schema refers to ${reference}, which it does not define.`)
    return found as Schema
  }
}

/** Looks at every key of the schema's own text, so that a document is walked only where there is something to find. */
const hasDeprecated = (schema: unknown): boolean =>
  typeof schema === 'object' && schema !== null && (('deprecated' in schema && schema.deprecated === true) || Object.values(schema).some(hasDeprecated))

/** The branch for values of one type: whole numbers are numbers. */
export const branchOf = (node: SchemaNode, type: JsonType): SchemaBranch | undefined =>
  node.branches.find(branch => branch.type === type || (branch.type === 'integer' && type === 'number'))

/** The words a place takes, where it takes only certain ones. */
export const wordsOf = (node: SchemaNode): readonly string[] => node.branches.flatMap(branch => branch.enum ?? [])
