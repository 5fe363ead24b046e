import type {Document, Range} from '../../document/document.ts'
import type {Uri} from '../../model/files.ts'
import type {Finding} from '../../model/finding.ts'
import type {Place} from '../../model/place.ts'
import {type Edit, moved} from '../edit.ts'

type Stretch = {readonly start: number; readonly end: number}

/** A finding as offsets of the document it was made for, so that edits can move it. */
export type Located = Stretch & Pick<Finding, 'code' | 'level' | 'message' | 'fix' | 'at'> & {readonly related: readonly LocatedRelated[]}
/** `range` where it stands in another document, which edits of this one do not move. */
export type LocatedRelated = Stretch & {readonly uri: Uri; readonly message: string; readonly range?: Range}

/** The documents that places of other documents speak of; their blocks have numbers of their own. */
export type Others = (uri: Uri) => Document | undefined

/** Findings as offsets. One whose block is gone, or that stands in another document, is left out; a related place too. */
export function locate(document: Document, findings: readonly Finding[], others: Others): Located[] {
  const stretch = (place: Place): (Stretch & {readonly uri: Uri}) | undefined => {
    const start = (place.document === document.uri ? document : others(place.document))?.offset(place)
    return start === undefined ? undefined : {uri: place.document, start, end: start + place.end - place.start}
  }
  return findings.flatMap(({code, level, message, fix, at, related}) => {
    const place = at.document === document.uri ? stretch(at) : undefined
    if (!place) return []
    const places = related.flatMap((one): LocatedRelated[] => {
      const where = stretch(one.at)
      if (!where) return []
      const range = one.at.document === document.uri ? undefined : others(one.at.document)?.range(one.at)
      return [{...where, range, message: one.message}]
    })
    return [{code, level, message, fix, at, start: place.start, end: place.end, related: places}]
  })
}

/** Findings after an edit of their document. One whose stretch was edited is dropped. */
export function shift(findings: readonly Located[], uri: Uri, edit: Edit): readonly Located[] {
  return findings.flatMap(finding => {
    const kept = moved(finding, edit)
    if (!kept) return []
    const related = finding.related.flatMap(one => (one.uri === uri ? (moved(one, edit) ?? []) : one))
    return [{...kept, related}]
  })
}

/** Whether a reader would see the same. */
export function sameFindings(one: readonly Located[], other: readonly Located[]): boolean {
  const seen = (findings: readonly Located[]): string =>
    JSON.stringify(findings.map(({code, level, message, start, end, related, fix}) => [code, level, message, start, end, related, fix]))
  return one.length === other.length && seen(one) === seen(other)
}
