import type {Document} from '../document/document.ts'
import type {Place} from '../model/place.ts'
import type {Edit} from './fix.ts'

/**
 * Adds a key at the end of a mapping in the style it is written in: on a line of its own with the indentation of its
 * neighbours, or inside the braces. `pair` is one line, such as `rollback: {within: 60s}`. Comments stay where they are.
 */
export function insertPair(document: Document, mapping: Place, pair: string): Edit | undefined {
  const start = document.offset(mapping)
  if (start === undefined) return undefined
  const {text, uri} = document
  const written = text.slice(start, start + mapping.end - mapping.start).trimEnd()
  const end = start + written.length
  if (written.startsWith('{')) return written.endsWith('}') ? inFlow(uri, start, written, pair) : undefined
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1
  const lineEnd = text.slice(end).search(/[\r\n]|$/) + end
  // A dash before the first key counts as indentation of the keys below it.
  const indentation = text.slice(lineStart, start).replace(/[^\t]/g, ' ')
  const newline = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n'
  return {document: uri, start: lineEnd, end: lineEnd, text: `${newline}${indentation}${pair}`}
}

/** Over several lines a comment may stand before the last brace; behind the first one it cannot be in the way. */
function inFlow(document: string, start: number, written: string, pair: string): Edit {
  const isEmpty = /^\{\s*\}$/.test(written)
  if (!isEmpty && /[\r\n]/.test(written)) return {document, start: start + 1, end: start + 1, text: `${pair}, `}
  const inner = written.slice(0, -1).trimEnd()
  const at = start + inner.length
  return {document, start: at, end: at, text: isEmpty ? pair : inner.endsWith(',') ? ` ${pair}` : `, ${pair}`}
}

/** Replaces the null that stands behind a key: what takes an inherited value away. Undefined where something else stands there. */
export function replaceNull(document: Document, key: Place, value: string): Edit | undefined {
  const keyStart = document.offset(key)
  if (keyStart === undefined) return undefined
  const behind = keyStart + key.end - key.start
  const found = /^(\s*:\s*)(null|Null|NULL|~)(?![^\s,}\]])/.exec(document.text.slice(behind, behind + 100))
  if (!found) return undefined
  const start = behind + (found[1]?.length ?? 0)
  return {document: document.uri, start, end: start + (found[2]?.length ?? 0), text: value}
}
