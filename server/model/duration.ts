import type {Duration} from './progression.ts'

const units: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000}

/** Milliseconds of a duration in the Kubernetes or Prometheus spelling (`60s`, `1m30s`, `500ms`, `1.5h`, `2d`), or undefined. */
export function parseDuration(text: string): Duration | undefined {
  if (text === '0') return 0
  if (!/^(\d+(\.\d+)?(ms|[smhdw]))+$/.test(text)) return undefined
  let sum = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) sum += Number(amount) * (units[unit ?? ''] ?? 0)
  return sum
}

/** The shortest spelling people read at a glance: `90s`, `30m`, `1h30m`. */
export function formatDuration(milliseconds: Duration): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)}ms`
  if (milliseconds < 120_000) return `${Math.round(milliseconds / 100) / 10}s`
  const parts: string[] = []
  let rest = Math.round(milliseconds / 1000)
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    if (rest >= size) parts.push(`${Math.floor(rest / size)}${unit}`)
    rest %= size
  }
  return parts.join('')
}
