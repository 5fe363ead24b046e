import type {Region} from './result.ts'

/** Columns of a terminal that a line of source may take; longer lines are cut around what is marked. */
const widest = 120

export type Frame = {readonly number: number; readonly source: string; readonly marks: string}

/** The first line a region stands on, and carets below it. */
export function frame(full: string, {line, column, endLine, endColumn}: Region): Frame {
  const from = Math.min(column - 1, full.length)
  const until = endLine > line ? full.trimEnd().length : Math.min(endColumn - 1, full.length)
  const cutStart = from > widest - 40 ? from - 40 : 0
  const cutEnd = Math.min(full.length, cutStart + widest)
  const before = (cutStart > 0 ? '…' : '') + visible(full.slice(cutStart, from))
  const marked = visible(full.slice(from, Math.min(Math.max(until, from), cutEnd)))
  const after = visible(full.slice(Math.min(Math.max(until, from), cutEnd), cutEnd)) + (cutEnd < full.length ? '…' : '')
  return {number: line, source: (before + marked + after).trimEnd(), marks: ' '.repeat(width(before)) + '^'.repeat(Math.max(1, width(marked)))}
}

/** Tabs as two spaces; what could move the cursor, colour the terminal or reverse the line as a sign that can only be seen. */
export const visible = (text: string): string =>
  text
    .replaceAll('\t', '  ')
    .replaceAll('\uFEFF', '')
    .replace(/[\p{Cc}\p{Cs}\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu, '\uFFFD')

const segmenter = new Intl.Segmenter('en')

/** Columns a text takes in a terminal: East Asian wide characters and emoji take two. */
export function width(text: string): number {
  let columns = 0
  for (const {segment} of segmenter.segment(text))
    columns += /\p{Extended_Pictographic}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u.test(segment) ? 2 : 1
  return columns
}
