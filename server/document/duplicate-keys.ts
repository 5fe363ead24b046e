import type {Problem} from '../model/problem.ts'
import type {Pair} from './node.ts'

/**
 * One problem a key that stands twice in the same map, at the later one. Merge keys may stand twice. With `across`, only
 * keys that stand in different blocks: the others were found when their block was read.
 */
export function duplicateKeys(pairs: readonly Pair[], across = false): Problem[] {
  if (pairs.length < 2) return []
  const seen = new Map<unknown, Pair>()
  const problems: Problem[] = []
  for (const pair of pairs) {
    const {value, at} = pair.key
    const first = seen.get(value)
    if (!first || value === '<<') seen.set(value, pair)
    else if (!across || first.key.at.block !== at.block)
      problems.push({
        code: 'config/duplicate-key',
        at,
        message: `${value} stands twice in this map. Only the last one counts; take one out.`,
        related: [{at: first.key.at, message: `The first ${value}`}],
      })
  }
  return problems
}
