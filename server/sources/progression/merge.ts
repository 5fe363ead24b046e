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
    const value = merge(below?.value, pair.value)
    pairs.push(value ? {key: pair.key, value} : pair)
  }
  for (const [name, pair] of bases) if (!overs.has(name)) pairs.push(pair)
  const result: Mapping = {...over, pairs, open: over.open ?? base.open}
  merged.set(over, {base, result})
  return result
}
