import {type Mapping, type Node, type Pair, type Scalar, walk} from '../../document/node.ts'
import type {Section} from '../../document/section.ts'
import type {Place} from '../../model/place.ts'
import {branchOf, type Schema, type SchemaNode, type SchemaTree} from '../../model/schema-tree.ts'
import {anchorsOf} from './anchors.ts'

/** A name of somebody's own making, where it is given to something or used for it. */
export type Occurrence = {
  /** As the schema calls it: environment, gate, cluster, target, lane, flag, image, rule, progression. */
  readonly kind: string
  readonly name: string
  readonly defines: boolean
  readonly at: Place
  /** What is defined: the map of an environment, a gate with its key; undefined for a use. */
  readonly of: Mapping | Pair | undefined
}

/** A path to a file or folder, as it is written; `key` is the key that takes it. */
export type PathMark = {readonly key: string; readonly wanted: 'file' | 'folder' | 'argument'; readonly text: string; readonly at: Place}

/** What the schema knows of one YAML document, each in the order of the text. */
export type Marks = {readonly names: readonly Occurrence[]; readonly paths: readonly PathMark[]; readonly durations: readonly Place[]}

type Found = {readonly names: Occurrence[]; readonly paths: PathMark[]; readonly durations: Place[]}

const kept = new WeakMap<Node, {readonly schema: SchemaNode; readonly found: Marks}>()
const sections = new WeakMap<Section, Marks>()

/** Every name, path and duration in one YAML document. What the schema has no place for is passed over. */
export function marksIn(section: Section, schema: SchemaTree): Marks {
  const known = sections.get(section)
  if (known) return known
  const found = section.root ? new Reader(schema, section).read(section.root) : nothing()
  sections.set(section, found)
  return found
}

export const occurrencesIn = (section: Section, schema: SchemaTree): readonly Occurrence[] => marksIn(section, schema).names

const nothing = (): Found => ({names: [], paths: [], durations: []})

class Reader {
  readonly #schema: SchemaTree
  readonly #section: Section
  #anchors: ReadonlyMap<string, Node> | undefined

  constructor(schema: SchemaTree, section: Section) {
    this.#schema = schema
    this.#section = section
  }

  read(root: Node): Marks {
    const found = nothing()
    this.#node(root, this.#schema.root, {key: '', depth: 0}, found)
    if (!this.#section.hasAliases) return found
    // What an alias names was met at its anchor as well, or several times.
    return {names: once(found.names, ({at}) => at), paths: once(found.paths, ({at}) => at), durations: once(found.durations, at => at)}
  }

  /** Entries of top-level maps and lists are kept as long as their text: a key stroke reads one of them again. */
  #entry(node: Node, schema: SchemaNode, context: Context, found: Found): void {
    if (context.depth !== 2 || this.#section.hasAliases) {
      this.#node(node, schema, context, found)
      return
    }
    let known = kept.get(node)
    if (known?.schema !== schema) {
      const own = nothing()
      this.#node(node, schema, context, own)
      known = {schema, found: own}
      kept.set(node, known)
    }
    found.names.push(...known.found.names)
    found.paths.push(...known.found.paths)
    found.durations.push(...known.found.durations)
  }

  #node(node: Node, schema: SchemaNode, context: Context, found: Found): void {
    const {depth, key} = context
    if (depth > 40) return
    if (node.kind === 'mapping') for (const pair of node.pairs) this.#pair(pair, node, schema, depth, found)
    else if (node.kind === 'sequence') {
      const items = this.#schema.child(schema, 0)
      if (items) for (const item of node.items) this.#entry(item, items, {key, depth: depth + 1}, found)
    } else if (node.kind === 'alias') {
      const named = this.#named(node.name)
      if (named) this.#node(named, schema, {...context, depth: depth + 1}, found)
    } else if (node.kind === 'scalar' && node.value !== null) this.#scalar(node, schema, context, found)
  }

  #scalar(node: Scalar, schema: SchemaNode, {key, holder}: Context, found: Found): void {
    const kind = wordOf(schema, 'x-defines')
    const refers = wordOf(schema, 'x-refers')
    const wanted = wordOf(schema, 'x-path')
    const text = typeof node.value === 'string' ? node.value : node.source
    if (kind) found.names.push({kind, name: text, defines: true, at: node.at, of: holder})
    else if (refers) found.names.push({kind: refers, name: text, defines: false, at: node.at, of: undefined})
    else if (wanted || key === 'run') found.paths.push({key, wanted: wanted ?? 'argument', text, at: node.at})
    else if (wordOf(schema, 'x-duration') && !text.includes('${')) found.durations.push(node.at)
  }

  #pair(pair: Pair, holder: Mapping, schema: SchemaNode, depth: number, found: Found): void {
    const {key, value} = pair
    if (key.value === '<<') {
      for (const base of value.kind === 'sequence' ? value.items : [value]) this.#node(base, schema, {key: '', depth: depth + 1}, found)
      return
    }
    const below = this.#schema.child(schema, key.source)
    if (!below) return
    const open = this.#isOwn(schema, key.source) ? undefined : this.#schema.open(schema)
    const refers = open?.keys?.['x-refers'] ?? (open && (branchOf(open.values, 'object')?.['x-refers'] ?? open.values['x-refers']))
    const kind = open?.values['x-defines']
    if (kind) found.names.push({kind, name: key.source, defines: true, at: key.at, of: pair})
    else if (refers) found.names.push({kind: refers, name: key.source, defines: false, at: key.at, of: undefined})
    // A name that is a key says nothing more by its value.
    if (!open || value.kind !== 'scalar') this.#entry(value, below, {key: key.source, depth: depth + 1, holder}, found)
  }

  /** A key with a meaning of its own, not a name. */
  #isOwn(schema: SchemaNode, key: string): boolean {
    const {properties} = branchOf(schema, 'object') ?? {}
    return properties !== undefined && Object.hasOwn(properties, key)
  }

  #named(name: string): Node | undefined {
    this.#anchors ??= anchorsOf(this.#section)
    return this.#anchors.get(name)
  }
}

/** Where a node stands: the key it is the value of, or an item of the value of, and the map it is the value in. */
type Context = {readonly key: string; readonly depth: number; readonly holder?: Mapping}

/** A word of the schema about text that stands here. */
const wordOf = <Word extends 'x-defines' | 'x-refers' | 'x-path' | 'x-duration'>(schema: SchemaNode, word: Word): Schema[Word] | undefined =>
  branchOf(schema, 'string')?.[word] ?? (schema.branches.length < 2 ? schema[word] : undefined)

function once<T>(all: readonly T[], placeOf: (one: T) => Place): readonly T[] {
  const seen = new Set<string>()
  return all.filter(one => {
    const {block, start} = placeOf(one)
    const id = `${block}/${start}`
    return !seen.has(id) && seen.add(id)
  })
}

/** All of what a name is given to, inside one block; the name alone where that is all. Walks what is defined, so only for what is shown. */
export function extentOf({at, of}: Occurrence): Place {
  if (!of) return at
  return 'key' in of ? {...at, end: of.value.at.block === at.block ? Math.max(at.end, wholeOf(of.value).end) : at.end} : wholeOf(of)
}

/** A node with everything in it that stands in its own block. */
function wholeOf(node: Node): Place {
  let {start, end} = node.at
  for (const {at} of walk(node)) {
    if (at.block !== node.at.block) continue
    start = Math.min(start, at.start)
    end = Math.max(end, at.end)
  }
  return {...node.at, start, end}
}
