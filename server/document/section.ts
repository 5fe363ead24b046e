import type {BlockId, Place} from '../model/place.ts'
import type {Problem} from '../model/problem.ts'
import {cut, type Piece} from './cut.ts'
import {duplicateKeys} from './duplicate-keys.ts'
import type {Mapping, Node, Pair, Sequence} from './node.ts'
import {type ParsedBlock, parseBlock} from './parse-block.ts'
import type {Pool} from './pool.ts'

/** A piece of text that is read by itself; kept as it is for as long as its text does not change. */
export type Block = {readonly id: BlockId; readonly kind: Piece['kind']; readonly text: string; readonly parsed: ParsedBlock}

/** One YAML document of a file, put together from its blocks. Kept by identity while none of them changes. */
export type Section = {
  readonly length: number
  readonly blocks: readonly {readonly block: Block; readonly offset: number}[]
  /** Undefined where there is nothing but comments. */
  readonly root: Node | undefined
  /** Places of the header's key, for a progression that begins here. */
  readonly at: Place
  readonly problems: readonly Problem[]
  readonly hasAliases: boolean
}

export type Numbering = {next: BlockId}

/**
 * Reads a section, taking over every block of the pool whose text is still there. A step is a block, so that whoever reads a
 * long text can do something else in between.
 */
export function* readSection(text: string, from: number, until: number, document: string, numbering: Numbering, pool: Pool): Generator<undefined, Section> {
  const blockOf = (piece: Piece): Block => {
    const content = text.slice(piece.start, piece.end)
    const same = pool.take(piece.kind, content)
    if (same) return same
    const id = numbering.next++
    // A conflict marker is not parsed: its section is not read at all.
    const parsed =
      piece.kind === 'conflict' ? {node: undefined, problems: [], hasAliases: false, unclosed: false, comments: []} : parseBlock(content, document, id)
    return {id, kind: piece.kind, text: content, parsed}
  }
  const pieces = cut(text, from, until)
  let blocks: Block[] = []
  for (const piece of pieces) {
    blocks.push(blockOf(piece))
    yield
  }
  const same = pool.section(blocks)
  if (same) return same
  if (blocks.some(block => block.kind === 'conflict')) return assemble(blocks, document, conflicts(blocks, document))
  blocks = rejoin(pieces, blocks, blockOf)
  return assemble(blocks, document)
}

function conflicts(blocks: readonly Block[], document: string): Problem[] {
  const block = blocks.find(one => one.kind === 'conflict')
  if (!block) return []
  const line = block.text.split(/\r?\n/, 1)[0] ?? ''
  return [
    {
      code: 'config/schema',
      at: {document, block: block.id, start: 0, end: line.length},
      message: 'This file holds a merge conflict. Choose one side and take the markers out.',
    },
  ]
}

const isOneEntry = ({parsed: {node}}: Block): boolean =>
  node === undefined ||
  (node.kind === 'mapping' && node.pairs.length === 1 && !node.flow) ||
  (node.kind === 'sequence' && node.items.length === 1 && !node.flow)

/**
 * Undoes cuts that went through something: a value on the line after its key, brackets or quotes that go on at the
 * indentation of an entry. Joined is what then parses with fewer mistakes; a half-typed entry stays by itself.
 */
function rejoin(pieces: readonly Piece[], blocks: readonly Block[], blockOf: (piece: Piece) => Block): Block[] {
  const result: Block[] = []
  let tried = false
  for (let index = 0; index < blocks.length; ) {
    let next = index + 1
    while (pieces[next]?.kind === 'entry') next++
    const group = blocks.slice(index, next)
    const entries = group.slice(1)
    const start = pieces[index]?.start ?? 0
    const odd = entries.length > 0 && (!(entries[0] && isOneEntry(entries[0])) || entries.some(entry => entry.parsed.unclosed) || mixed(entries))
    if (odd) {
      const joined = blockOf({kind: 'whole', start, end: pieces[next - 1]?.end ?? start})
      if (mistakes([joined]) < mistakes(group) || (mistakes([joined]) === 0 && !entries.every(isOneEntry)) || entries.length === 1) {
        result.push(joined)
        index = next
        continue
      }
    }
    const last = group.at(-1)
    if (last?.parsed.unclosed && next < blocks.length && !tried) {
      tried = true
      const rest = blockOf({kind: 'whole', start, end: pieces.at(-1)?.end ?? start})
      if (mistakes([rest]) === 0) return [...result, rest]
    }
    result.push(...group)
    index = next
  }
  return result
}

const mistakes = (blocks: readonly Block[]): number => blocks.reduce((sum, {parsed}) => sum + parsed.problems.length, 0)

const mixed = (entries: readonly Block[]): boolean => {
  const kinds = new Set(entries.flatMap(({parsed: {node}}) => (node && isOneEntry({parsed: {node}} as Block) ? [node.kind] : [])))
  return kinds.size > 1
}

function assemble(blocks: readonly Block[], document: string, only?: readonly Problem[]): Section {
  const placed: {block: Block; offset: number}[] = []
  let offset = 0
  for (const block of blocks) {
    placed.push({block, offset})
    offset += block.text.length
  }
  const first = blocks[0]
  const at: Place = {document, block: first?.id ?? 0, start: 0, end: 0}
  const hasAliases = blocks.some(block => block.parsed.hasAliases)
  if (only && only.length > 0)
    return {length: offset, blocks: placed, root: {kind: 'broken', why: 'the file holds a merge conflict', at}, at, problems: only, hasAliases}
  const problems = blocks.flatMap(block => block.parsed.problems)
  return {length: offset, blocks: placed, root: join(blocks, at, problems), at: firstKey(blocks) ?? at, problems, hasAliases}
}

const firstKey = (blocks: readonly Block[]): Place | undefined => {
  for (const {parsed} of blocks) if (parsed.node?.kind === 'mapping') return parsed.node.pairs[0]?.key.at
  return undefined
}

/** The root of a section: one mapping of all its blocks, each entry block under its header. */
function join(blocks: readonly Block[], at: Place, problems: Problem[]): Node | undefined {
  const filled = blocks.filter(block => block.parsed.node)
  if (filled.length === 0) return undefined
  const only = filled[0]?.parsed.node
  if (filled.length === 1 && only && only.kind !== 'mapping') return only
  const pairs: Pair[] = []
  let open: string | undefined
  for (let index = 0; index < filled.length; index++) {
    const block = filled[index] as Block
    const node = block.parsed.node as Node
    if (node.kind !== 'mapping') {
      open ??= 'the text does not parse'
      if (block.parsed.problems.length === 0) problems.push(stray(node))
      continue
    }
    if (block.kind !== 'header') {
      open ??= node.open
      pairs.push(...node.pairs)
      continue
    }
    const entries: Block[] = []
    while (filled[index + 1]?.kind === 'entry') entries.push(filled[++index] as Block)
    const pair = node.pairs[0]
    if (!pair) continue
    const collected = entries.length > 0 ? collectOnce(block, entries, pair.key.at) : undefined
    problems.push(...(collected?.problems ?? []))
    pairs.push({key: pair.key, value: collected?.node ?? pair.value})
  }
  problems.push(...duplicateKeys(pairs, true))
  return {kind: 'mapping', pairs, flow: false, at, open}
}

const stray = (node: Node): Problem => ({
  code: 'config/schema',
  at: node.at,
  message:
    node.kind === 'scalar'
      ? `"${node.source}" is neither a key nor a value. Write "${node.source}:" and its value, or take it out.`
      : 'This stands outside every key.',
})

type Collected = {readonly entries: readonly Block[]; readonly node: Mapping | Sequence; readonly problems: readonly Problem[]}

/** What was collected under a header the last time: the same node as long as its entries are the same, so that what is read of it can be kept too. */
const collections = new WeakMap<Block, Collected>()

function collectOnce(header: Block, entries: readonly Block[], at: Place): Collected {
  const before = collections.get(header)
  if (before && before.entries.length === entries.length && before.entries.every((entry, index) => entry === entries[index])) return before
  const problems: Problem[] = []
  const collected = {entries, node: collect(entries, at, problems), problems}
  collections.set(header, collected)
  return collected
}

/** The list or map under a header. An entry that is neither leaves it open: more may be meant than can be read. */
function collect(entries: readonly Block[], at: Place, problems: Problem[]): Mapping | Sequence {
  const isList = entries.find(entry => entry.parsed.node?.kind === 'sequence' || entry.parsed.node?.kind === 'mapping')?.parsed.node?.kind === 'sequence'
  const items: Node[] = []
  const pairs: Pair[] = []
  let open: string | undefined
  for (const {parsed} of entries) {
    const {node} = parsed
    if (node?.kind === 'sequence' && isList) {
      items.push(...node.items)
      // A half-typed item is open by itself; its list is open only when an item may be missing altogether.
      if (node.open && node.items.length === 0) open = node.open
    } else if (node?.kind === 'mapping' && !isList) {
      pairs.push(...node.pairs)
      open ??= node.open && node.pairs.length === 0 ? node.open : undefined
    } else if (node) {
      open = 'an entry does not parse'
      if (parsed.problems.length === 0) problems.push(stray(node))
    }
  }
  problems.push(...duplicateKeys(pairs, true))
  return isList ? {kind: 'sequence', items, flow: false, at, open} : {kind: 'mapping', pairs, flow: false, at, open}
}
