import {pageOf} from '../rules/page.ts'
import {type CheckResult, counts, type Location, loud, type Region} from './result.ts'

/** The shape that scripts may rely on; it only grows while `version` stays. */
export type JsonReport = {
  readonly version: 1
  readonly summary: {
    readonly progressions: number
    readonly files: number
    readonly error: number
    readonly warning: number
    readonly info: number
    readonly hint: number
    readonly suppressed: number
  }
  readonly findings: readonly (Region & {
    readonly code: string
    readonly level: string
    readonly message: string
    readonly path: string
    readonly page: string
    readonly related: readonly (Region & {readonly path: string; readonly message: string})[]
    readonly fix?: {readonly title: string; readonly edits: readonly (Region & {readonly path: string; readonly text: string})[]}
    readonly suppressed?: {readonly reason?: string}
  })[]
  readonly unknown: readonly (Region & {readonly path: string; readonly message: string})[]
  /** Ten items a progression; `state` is done, missing or unknown, and the place shows it. */
  readonly checklists: readonly {
    readonly name: string
    readonly path: string
    readonly items: readonly ({readonly id: string; readonly title: string; readonly state: string; readonly message: string} & Partial<
      Region & {readonly path: string}
    >)[]
  }[]
}

const located = ({path, line, column, endLine, endColumn}: Location): Region & {readonly path: string} => ({path, line, column, endLine, endColumn})

/** For scripts: every finding, silenced ones included and marked. Ends with a newline. */
export function jsonReport(result: CheckResult): string {
  const report: JsonReport = {
    version: 1,
    summary: {
      progressions: result.progressions,
      files: result.files,
      ...{error: 0, warning: 0, info: 0, hint: 0},
      ...Object.fromEntries(counts(loud(result))),
      suppressed: result.findings.length - loud(result).length,
    },
    findings: result.findings.map(finding => ({
      code: finding.code,
      level: finding.level,
      message: finding.message,
      ...located(finding),
      page: pageOf(finding.code),
      related: finding.related.map(one => ({...located(one), message: one.message})),
      fix: finding.fix && {title: finding.fix.title, edits: finding.fix.edits.map(edit => ({...located(edit), text: edit.text}))},
      suppressed: finding.suppressed,
    })),
    unknown: result.unknown.map(one => ({...located(one), message: one.message})),
    checklists: result.checklists.map(({name, path, items}) => ({
      name,
      path,
      items: items.map(({location, ...item}) => ({...item, ...(location && located(location))})),
    })),
  }
  return `${JSON.stringify(report, undefined, 2)}\n`
}
