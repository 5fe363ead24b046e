/**
 * How many letters must be added, left out, replaced or swapped with their neighbour to make one word of the other; more than
 * `limit` is not counted out. Optimal string alignment after Damerau and Levenshtein, in UTF-16 units.
 */
export function distance(one: string, other: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1
  let before: number[] = []
  let above = Array.from({length: other.length + 1}, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      const cheapest = Math.min(at(above, column) + 1, at(current, column - 1) + 1, at(above, column - 1) + (same ? 0 : 1))
      current.push(swapped ? Math.min(cheapest, at(before, column - 2) + 1) : cheapest)
    }
    if (Math.min(...current) > limit) return limit + 1
    before = above
    above = current
  }
  return at(above, other.length)
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY

/** `onNoData`, `on-no-data` and `on_no_data` are one word spelled three ways. */
const folded = (word: string): string => word.toLowerCase().replace(/[-_ ]/g, '')

/**
 * The known word that was probably meant: a third of its letters may be wrong, three at most, spelling of compounds aside; or the
 * only one that begins like this. The first of several that are equally near; undefined where none is near.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const meant = folded(word.slice(0, 100))
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of known) {
    const spelled = folded(candidate)
    const limit = Math.min(3, Math.floor(Math.max(spelled.length, meant.length) / 3), least - 1)
    const far = limit < 0 ? Number.POSITIVE_INFINITY : distance(meant, spelled, limit)
    if (far <= limit) [best, least] = [candidate, far]
  }
  if (best !== undefined || meant.length < 2) return best
  const longer = known.filter(candidate => folded(candidate).startsWith(meant))
  return longer.length === 1 ? longer[0] : undefined
}
