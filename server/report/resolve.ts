import {posix} from 'node:path'
import {checklist} from '../checklist/checklist.ts'
import type {Document} from '../document/document.ts'
import {filePath} from '../document/uri.ts'
import type {Uri} from '../model/files.ts'
import type {Finding} from '../model/finding.ts'
import type {Place} from '../model/place.ts'
import type {Progression} from '../model/progression.ts'
import type {Checked} from '../rules/checker.ts'
import type {CheckResult, Location, ReportedFinding} from './result.ts'

export type Resolved = {
  readonly checked: Checked
  readonly progressions: readonly Progression[]
  /** Every document that places may stand in; what stands elsewhere is left out, findings as well as related places. */
  readonly documents: ReadonlyMap<Uri, Document>
  /** The folder that paths are relative to. */
  readonly root: Uri
  /** What could not be checked, such as manifests that need a tool that is not there. */
  readonly unknown?: readonly {readonly at: Place; readonly message: string}[]
  /** The edits of a finding's quick fix, by offsets. */
  readonly editsOf?: (finding: Finding) => readonly {readonly document: Uri; readonly start: number; readonly end: number; readonly text: string}[] | undefined
}

/** Turns places into lines and columns for the reports, and puts what comments silence where it stands among the rest. */
export function resolve({checked, progressions, documents, root, unknown = [], editsOf}: Resolved): CheckResult {
  const locate = (uri: Uri, start: number, end: number): Location | undefined => {
    const lines = documents.get(uri)?.lines
    if (!lines) return undefined
    const [from, until] = [lines.position(start), lines.position(end)]
    const path = pathFrom(root, uri)
    return {uri, path, line: from.line + 1, column: from.character + 1, endLine: until.line + 1, endColumn: until.character + 1}
  }
  const locatePlace = (place: Place): Location | undefined => {
    const start = documents.get(place.document)?.offset(place)
    return start === undefined ? undefined : locate(place.document, start, start + place.end - place.start)
  }
  const withPlace = <T extends {readonly at: Place; readonly message: string}>({at, message}: T): (Location & {readonly message: string})[] => {
    const location = locatePlace(at)
    return location ? [{...location, message}] : []
  }
  const report = (finding: Finding, suppressed?: {readonly reason?: string}): ReportedFinding[] => {
    const location = locatePlace(finding.at)
    if (!location) return []
    const {code, level, message, related, fix} = finding
    const edits =
      fix &&
      editsOf?.(finding)?.flatMap(edit => {
        const place = locate(edit.document, edit.start, edit.end)
        return place ? [{...place, text: edit.text}] : []
      })
    return [{...location, code, level, message, related: related.flatMap(withPlace), fix: fix && edits && {title: fix.title, edits}, suppressed}]
  }
  const findings = [...checked.findings.flatMap(finding => report(finding)), ...checked.suppressed.flatMap(({finding, reason}) => report(finding, {reason}))]
  return {
    findings: findings.toSorted(inOrder),
    progressions: progressions.length,
    files: new Set(progressions.map(({document}) => document)).size,
    unknown: unknown.flatMap(withPlace),
    checklists: progressions.map(progression => ({
      name: progression.name,
      path: pathFrom(root, progression.document),
      items: checklist(progression).map(({at, ...item}) => ({...item, location: locatePlace(at)})),
    })),
    root,
    line: (uri, number) => {
      const document = documents.get(uri)
      return document?.text.slice(document.lines.start(number - 1), document.lines.start(number)).replace(/[\r\n]+$/, '')
    },
  }
}

/** With `/` on every system; outside the root it begins with `../`. */
export const pathFrom = (root: Uri, uri: Uri): string => posix.relative(slashes(filePath(root)), slashes(filePath(uri)))

const slashes = (path: string): string => path.replaceAll('\\', '/')

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const inOrder = (a: ReportedFinding, b: ReportedFinding): number =>
  compare(a.path, b.path) || a.line - b.line || a.column - b.column || compare(a.code, b.code) || compare(a.message, b.message)
