import type {Finding} from '../model/finding.ts'
import type {Place} from '../model/place.ts'
import type {Rule} from './rule.ts'

/** A comment as it stands in a document; what looks like one inside a string is none. */
export type Comment = {
  /** From its `#` to the end of its line. */
  readonly text: string
  readonly at: Place
  /** Counted from 0. */
  readonly line: number
  /** Nothing else stands on its line. */
  readonly alone: boolean
}

/** What is needed of a document to know which comment speaks of which place. */
export interface Commented {
  readonly comments: readonly Comment[]
  /** Where a place begins in the text, or undefined where its text is gone. */
  offset(place: Place): number | undefined
  readonly lines: {lineAt(offset: number): number}
}

/** One comment that silences. */
export type Suppression = {
  readonly at: Place
  readonly codes: readonly {readonly code: string; readonly at: Place}[]
  readonly reason?: string
  /** The line it speaks of, or undefined for the whole file. */
  readonly line?: number
}

/** The check of a rule about comments: nothing by itself, since only after all other rules is it known what a comment silenced. */
export const judgedAfterwards: Rule['check'] = () => {}

/**
 * Reads `# progression-ignore CODE[, CODE] -- reason` and `# progression-ignore-file CODE[, CODE] -- reason`. At the end of a
 * line it speaks of that line; on a line of its own, of the next one that is no such comment.
 */
export function suppressions(comments: readonly Comment[]): readonly Suppression[] {
  const alone = new Set(comments.filter(comment => comment.alone).map(({line}) => line))
  return comments.flatMap(comment => {
    const match = /^#+\s*progression-ignore(-file)?(?=\s|$)/.exec(comment.text)
    if (!match) return []
    const [codes, reason] = split(comment.text, match[0].length)
    let line = comment.line
    while (comment.alone && alone.has(line)) line++
    const {at} = comment
    const placed = codes.map(({word, start}) => ({code: word, at: {...at, start: at.start + start, end: at.start + start + word.length}}))
    return [{at, codes: placed, reason, line: match[1] ? undefined : line}]
  })
}

type Word = {readonly word: string; readonly start: number}

/** The words before ` -- ` with where they start, and what stands behind it. */
function split(text: string, from: number): readonly [readonly Word[], string | undefined] {
  const dashes = /(?<=\s)--(?=\s|$)/.exec(text.slice(from))
  const end = dashes ? from + dashes.index : text.length
  const words = [...text.slice(from, end).matchAll(/[^\s,]+/g)].map(({0: word, index}) => ({word, start: from + index}))
  return [words, (dashes && text.slice(end + 2).trim()) || undefined]
}

/** The comment that silences a finding; one for its line goes before one for the file. */
export function suppressing(finding: Finding, document: Commented, all: readonly Suppression[]): Suppression | undefined {
  const candidates = all.filter(({codes}) => codes.some(({code}) => code === finding.code))
  if (candidates.length === 0) return undefined
  const offset = document.offset(finding.at)
  const line = offset === undefined ? undefined : document.lines.lineAt(offset)
  return candidates.find(one => one.line !== undefined && one.line === line) ?? candidates.find(one => one.line === undefined)
}
