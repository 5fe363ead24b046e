import type {Mapping, Node, Pair} from '../../document/node.ts'

/** What a map was last merged with: the same inputs give the same node, so that what is read of it can be kept. */
const merged = new WeakMap<Mapping, {readonly base: Mapping; readonly result: Mapping}>()

/**
 * What stands when `over` is written over `base`: maps merge deeply, lists and scalars replace, a written null stays as
 * the sign that something was removed, an empty value stays unfinished. Every node keeps the place it was written at.
 */
export function merge(base: Node | undefined, over: Node | undefined): Node | undefined {
  if (!base || !over) return over ?? base
  if (base.kind !== 'mapping' || over.kind !== 'mapping') return over
  const before = merged.get(over)
  if (before?.base === base) return before.result
  const pairs: Pair[] = []
  const overs = new Map(over.pairs.map(pair => [pair.key.value, pair]))
  const bases = new Map(base.pairs.map(pair => [pair.key.value, pair]))
  for (const [name, pair] of overs) {
    const below = bases.get(name)
    const value = below ? merge(below.value, pair.value) : base.open === undefined ? pair.value : opened(pair.value, base.open)
    pairs.push(value && value !== pair.value ? {key: pair.key, value} : pair)
  }
  for (const [name, pair] of bases) if (!overs.has(name)) pairs.push(pair)
  const result: Mapping = {...over, pairs, open: over.open ?? base.open}
  merged.set(over, {base, result})
  return result
}

const openedBefore = new WeakMap<Mapping, {readonly why: string; readonly result: Mapping}>()

/** The maps of a key that stands over a base which cannot be read: the base may say more in each of them. */
function opened(node: Node, why: string): Node {
  if (node.kind !== 'mapping') return node
  const before = openedBefore.get(node)
  if (before?.why === why) return before.result
  const result: Mapping = {...node, pairs: node.pairs.map(({key, value}) => ({key, value: opened(value, why)})), open: node.open ?? why}
  openedBefore.set(node, {why, result})
  return result
}
