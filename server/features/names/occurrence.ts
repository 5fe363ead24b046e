import {type Mapping, type Node, type Pair, walk} from '../../document/node.ts'
import type {Section} from '../../document/section.ts'
import type {Place} from '../../model/place.ts'
import {branchOf, type SchemaNode, type SchemaTree} from '../../model/schema-tree.ts'
import {anchorsOf} from './anchors.ts'

/** A name of somebody's own making, where it is given to something or used for it. */
export type Occurrence = {
  /** As the schema calls it: environment, gate, cluster, target, lane, flag, image, rule, progression. */
  readonly kind: string
  readonly name: string
  readonly defines: boolean
  readonly at: Place
  /** All of what is defined, inside one block: the entry of an environment, a gate with its key. */
  readonly extent: Place
}

type Kept = {readonly schema: SchemaNode; readonly found: readonly Occurrence[]}

const kept = new WeakMap<Node, Kept>()
const sections = new WeakMap<Section, readonly Occurrence[]>()

/** Every name in one YAML document, in the order of the text. What the schema has no place for is passed over. */
export function occurrencesIn(section: Section, schema: SchemaTree): readonly Occurrence[] {
  const known = sections.get(section)
  if (known) return known
  const found = section.root ? new Reader(schema, section).read(section.root) : []
  sections.set(section, found)
  return found
}

class Reader {
  readonly #schema: SchemaTree
  readonly #section: Section
  #anchors: ReadonlyMap<string, Node> | undefined

  constructor(schema: SchemaTree, section: Section) {
    this.#schema = schema
    this.#section = section
  }

  read(root: Node): readonly Occurrence[] {
    const found: Occurrence[] = []
    this.#node(root, this.#schema.root, undefined, 0, found)
    if (!this.#section.hasAliases) return found
    // What an alias names was met at its anchor as well, or several times.
    const seen = new Set<string>()
    return found.filter(({at, defines}) => {
      const id = `${at.block}/${at.start}/${defines}`
      return !seen.has(id) && seen.add(id)
    })
  }

  /** Entries of top-level maps and lists are kept as long as their text: a key stroke reads one of them again. */
  #entry(node: Node, schema: SchemaNode, holder: Mapping | undefined, depth: number, found: Occurrence[]): void {
    if (depth !== 2 || this.#section.hasAliases) {
      this.#node(node, schema, holder, depth, found)
      return
    }
    let known = kept.get(node)
    if (known?.schema !== schema) {
      const own: Occurrence[] = []
      this.#node(node, schema, holder, depth, own)
      known = {schema, found: own}
      kept.set(node, known)
    }
    found.push(...known.found)
  }

  #node(node: Node, schema: SchemaNode, holder: Mapping | undefined, depth: number, found: Occurrence[]): void {
    if (depth > 40) return
    if (node.kind === 'mapping') for (const pair of node.pairs) this.#pair(pair, node, schema, depth, found)
    else if (node.kind === 'sequence') {
      const items = this.#schema.child(schema, 0)
      if (items) for (const item of node.items) this.#entry(item, items, undefined, depth + 1, found)
    } else if (node.kind === 'alias') {
      const named = this.#named(node.name)
      if (named) this.#node(named, schema, holder, depth + 1, found)
    } else if (node.kind === 'scalar' && node.value !== null) {
      const kind = wordOf(schema, 'x-defines', 'string')
      const refers = wordOf(schema, 'x-refers', 'string')
      const name = typeof node.value === 'string' ? node.value : node.source
      if (kind) found.push({kind, name, defines: true, at: node.at, extent: holder ? extentOf(holder) : node.at})
      else if (refers) found.push({kind: refers, name, defines: false, at: node.at, extent: node.at})
    }
  }

  #pair(pair: Pair, holder: Mapping, schema: SchemaNode, depth: number, found: Occurrence[]): void {
    const {key, value} = pair
    if (key.value === '<<') {
      for (const base of value.kind === 'sequence' ? value.items : [value]) this.#node(base, schema, holder, depth, found)
      return
    }
    const below = this.#schema.child(schema, key.source)
    if (!below) return
    const open = this.#isOwn(schema, key.source) ? undefined : this.#schema.open(schema)
    const refers = open?.keys?.['x-refers'] ?? (open && wordOf(open.values, 'x-refers', 'object'))
    const kind = open?.values['x-defines']
    if (kind) found.push({kind, name: key.source, defines: true, at: key.at, extent: pairExtent(pair)})
    else if (refers) found.push({kind: refers, name: key.source, defines: false, at: key.at, extent: key.at})
    // A name that is a key says nothing more by its value.
    if (!open || value.kind !== 'scalar') this.#entry(value, below, holder, depth + 1, found)
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

const wordOf = (schema: SchemaNode, word: 'x-defines' | 'x-refers', type: 'string' | 'object'): string | undefined =>
  branchOf(schema, type)?.[word] ?? (schema.branches.length < 2 ? schema[word] : undefined)

/** A node with everything in it that stands in its own block. */
function extentOf(node: Node): Place {
  let {start, end} = node.at
  for (const {at} of walk(node)) {
    if (at.block !== node.at.block) continue
    start = Math.min(start, at.start)
    end = Math.max(end, at.end)
  }
  return {...node.at, start, end}
}

function pairExtent({key, value}: Pair): Place {
  const end = value.at.block === key.at.block ? Math.max(key.at.end, extentOf(value).end) : key.at.end
  return {...key.at, end}
}
