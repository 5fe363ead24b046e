import {createHash} from 'node:crypto'
import type {CheckResult, ReportedFinding} from './result.ts'

/**
 * What makes a finding the same one after the file was edited elsewhere: its code, its file, and the words of its line; findings
 * alike in all three are counted in their order. Messages are left out, since their numbers change.
 */
export function fingerprints({findings, line}: CheckResult): readonly string[] {
  const seen = new Map<string, number>()
  return findings.map((finding: ReportedFinding) => {
    const words = line(finding.uri, finding.line)?.trim().replace(/\s+/g, ' ') ?? ''
    const key = JSON.stringify([finding.code, finding.path, words])
    const occurrence = (seen.get(key) ?? 0) + 1
    seen.set(key, occurrence)
    return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}:${occurrence}`
  })
}
