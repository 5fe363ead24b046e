import assert from 'node:assert/strict'
import type {Document} from '../../server/document/document.ts'
import type {Finding} from '../../server/model/finding.ts'
import type {Case, Mark} from './cases.ts'

/** Findings as marks, with the words of a mark where it says only how the message begins. */
export function compare({marks, related}: Case, documents: ReadonlyMap<string, Document>, findings: readonly Finding[]): void {
  const markOf = (at: Finding['at'], message: string, expected: readonly Mark[], level?: string): Mark => {
    const range = documents.get(at.document)?.range(at)
    const path = decodeURIComponent(at.document.replace('file:///workspace/', ''))
    assert.ok(range, 'the place is still there')
    const {line, character: start} = range.start
    const end = range.end.line === line ? range.end.character : -1
    const mark = expected.find(one => one.path === path && one.line === line && one.start === start && one.end === end)
    const isSame = mark && (message === mark.message || (/[.…]$/.test(mark.message) && message.startsWith(`${mark.message.replace(/…$/, '')}`)))
    return {path, line, start, end, level: mark?.level && level, message: isSame ? mark.message : message}
  }
  const inOrder = (a: Mark, b: Mark): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.start - b.start)
  assert.deepEqual(findings.map(({at, message, level}) => markOf(at, message, marks, level)).toSorted(inOrder), marks.toSorted(inOrder))
  if (related.length === 0) return
  const places = findings.flatMap(finding => finding.related.map(one => markOf(one.at, one.message, related)))
  assert.deepEqual(places.toSorted(inOrder), related.toSorted(inOrder))
}
