type Line = {readonly mark: ' ' | '-' | '+'; readonly text: string}

const context = 3
/** Beyond this many differing lines a diff is no help to a reader, and finding the shortest one takes its time. */
const longestSearch = 2_000

/** A unified diff of two texts, without file headers; empty where they are equal. */
export function unifiedDiff(before: string, after: string): string {
  const lines = compare(splitLines(before), splitLines(after))
  return hunks(lines).join('\n')
}

const splitLines = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  const keep = (text: string): Line => ({mark: ' ', text})
  const middle = shortest(before.slice(start, before.length - end), after.slice(start, after.length - end))
  return [...before.slice(0, start).map(keep), ...middle, ...before.slice(before.length - end).map(keep)]
}

/** Longest common subsequence by table; a diff of manifests is small once equal ends are cut off. */
function shortest(before: readonly string[], after: readonly string[]): readonly Line[] {
  const removed = before.map((text): Line => ({mark: '-', text}))
  const added = after.map((text): Line => ({mark: '+', text}))
  if (before.length === 0 || after.length === 0 || before.length > longestSearch || after.length > longestSearch) return [...removed, ...added]
  const width = after.length + 1
  const common = new Uint16Array((before.length + 1) * width)
  const at = (row: number, column: number): number => common[row * width + column] ?? 0
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      common[row * width + column] = before[row] === after[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const lines: Line[] = []
  let row = 0
  let column = 0
  while (row < before.length && column < after.length) {
    const text = before[row] ?? ''
    if (text === after[column]) {
      lines.push({mark: ' ', text})
      row++
      column++
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      lines.push({mark: '-', text})
      row++
    } else {
      lines.push({mark: '+', text: after[column] ?? ''})
      column++
    }
  }
  return [...lines, ...removed.slice(row), ...added.slice(column)]
}

function hunks(lines: readonly Line[]): readonly string[] {
  const changed = lines.flatMap(({mark}, index) => (mark === ' ' ? [] : [index]))
  const result: string[] = []
  let shownUpTo = -1
  let lineBefore = 1
  let lineAfter = 1
  const numbers = lines.map(({mark}) => {
    const here = {before: lineBefore, after: lineAfter}
    if (mark !== '+') lineBefore++
    if (mark !== '-') lineAfter++
    return here
  })
  for (const index of changed) {
    if (index <= shownUpTo) continue
    const from = Math.max(0, index - context)
    let to = index
    for (const next of changed) if (next > to && next - to <= 2 * context) to = next
    const last = Math.min(lines.length - 1, to + context)
    const shown = lines.slice(from, last + 1)
    const count = (mark: '-' | '+') => shown.filter(line => line.mark === ' ' || line.mark === mark).length
    result.push(`@@ -${numbers[from]?.before ?? 1},${count('-')} +${numbers[from]?.after ?? 1},${count('+')} @@`, ...shown.map(({mark, text}) => mark + text))
    shownUpTo = last
  }
  return result
}
