/** One line of the table: a figure, what it may be, and the peer's. Milliseconds or megabytes. */
export type Figure = {
  readonly what: string
  readonly ours: number | undefined
  readonly budget?: number
  readonly peer?: number
  /** Milliseconds the peer waits on purpose, inside its figure. */
  readonly debounce?: number
  readonly unit: 'ms' | 'MB'
}

const shown = (value: number | undefined, unit: Figure['unit']): string =>
  value === undefined || Number.isNaN(value) ? '' : `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`

const ratio = (peer: number | undefined, ours: number | undefined): string => (peer === undefined || !ours || peer <= 0 ? '' : `${(peer / ours).toFixed(1)} ×`)

export const withinBudget = ({ours, budget}: Figure): boolean => budget === undefined || ours === undefined || ours <= budget

/** Columns of one width each, so that a terminal and a commit message show it alike. */
export function table(figures: readonly Figure[], peer: string | undefined): string {
  const head = ['', 'measured', 'budget', '', ...(peer ? [peer, 'ratio', 'without its wait'] : [])]
  const rows = figures.map(figure => {
    const {what, ours, budget, unit, debounce = 0} = figure
    const own = [what, shown(ours, unit), shown(budget, unit), budget === undefined || ours === undefined ? '' : withinBudget(figure) ? 'ok' : 'OVER']
    if (!peer) return own
    const bare = figure.peer !== undefined && debounce > 0 ? figure.peer - debounce : undefined
    return [...own, shown(figure.peer, unit), ratio(figure.peer, ours), ratio(bare, ours)]
  })
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map(row => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(head), ...rows.map(line)].join('\n')
}
