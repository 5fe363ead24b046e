import type {Item} from '../checklist/item.ts'
import type {Uri} from '../model/files.ts'
import type {Level} from '../model/progression.ts'

/** A stretch of a file as people and other tools count: lines and columns from 1, columns in UTF-16 units, the end exclusive. */
export type Region = {readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number}

export type Location = Region & {
  readonly uri: Uri
  /** Relative to the folder the command runs in, with `/`; absolute only where the file lies on another drive. */
  readonly path: string
}

export type ReportedEdit = Location & {readonly text: string}

export type ReportedFinding = Location & {
  readonly code: string
  readonly level: Exclude<Level, 'off'>
  readonly message: string
  readonly related: readonly (Location & {readonly message: string})[]
  /** The quick fix, where there is one that still fits. */
  readonly fix?: {readonly title: string; readonly edits: readonly ReportedEdit[]}
  /** Set where a comment silences the finding. */
  readonly suppressed?: {readonly reason?: string}
}

/** The ten things of one progression; an item has no location where its place is in a file that was not given. */
export type Checklist = {readonly name: string; readonly path: string; readonly items: readonly (Omit<Item, 'at'> & {readonly location?: Location})[]}

/** What a check found, with every place resolved. Findings come in the order in which they are shown. */
export type CheckResult = {
  readonly findings: readonly ReportedFinding[]
  /** Number of progressions that were checked, and of the files they stand in. */
  readonly progressions: number
  readonly files: number
  /** What could not be checked and why, in words; findings may be missing there. */
  readonly unknown: readonly (Location & {readonly message: string})[]
  /** One for each progression, in their order. */
  readonly checklists: readonly Checklist[]
  /** The folder that `path`s are relative to. */
  readonly root: Uri
  /** A line of a file that a finding stands in, counted from 1, without its end; for code frames and fingerprints. */
  readonly line: (uri: Uri, number: number) => string | undefined
}

export type Shown = Exclude<Level, 'off'>

/** The findings that no comment silences. */
export const loud = ({findings}: CheckResult): readonly ReportedFinding[] => findings.filter(finding => !finding.suppressed)

/** How many findings there are of each level, the worst first; levels without any are left out. */
export function counts(findings: readonly ReportedFinding[]): readonly (readonly [Shown, number])[] {
  return (['error', 'warning', 'info', 'hint'] as const).flatMap(level => {
    const count = findings.filter(finding => finding.level === level).length
    return count > 0 ? [[level, count] as const] : []
  })
}
