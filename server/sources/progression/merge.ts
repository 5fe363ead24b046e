import type {Mapping, Node, Pair} from '../../document/node.ts'

/**
 * What stands when `over` is written over `base`: maps merge deeply, lists and scalars replace, a written null stays as
 * the sign that something was removed, an empty value stays unfinished. Every node keeps the place it was written at.
 */
export function merge(base: Node | undefined, over: Node | undefined): Node | undefined {
  if (!base || !over) return over ?? base
  if (base.kind !== 'mapping' || over.kind !== 'mapping') return over
  const pairs: Pair[] = []
  const overs = new Map(over.pairs.map(pair => [pair.key.value, pair]))
  const bases = new Map(base.pairs.map(pair => [pair.key.value, pair]))
  for (const [name, pair] of overs) {
    const below = bases.get(name)
    const value = merge(below?.value, pair.value)
    pairs.push(value ? {key: pair.key, value} : pair)
  }
  for (const [name, pair] of bases) if (!overs.has(name)) pairs.push(pair)
  return {...over, pairs, open: over.open ?? base.open} satisfies Mapping
}
