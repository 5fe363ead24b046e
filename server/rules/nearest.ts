/**
 * The word that was most likely meant: at most a third of its letters differ (Damerau's distance of neighbouring letters
 * swapped, one added, left out or wrong). Undefined where none is that close.
 */
export function nearest(written: string, words: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(written.length / 3))
  const candidates = words.map(word => ({word, far: distance(written.toLowerCase(), word.toLowerCase())})).filter(({far}) => far <= limit)
  return candidates.toSorted((a, b) => a.far - b.far)[0]?.word
}

function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({length: b.length + 1}, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1
      let best = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + cost)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1)
      current.push(best)
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? 0
}
