import type {Document} from '../document/document.ts'
import {type Mapping, pairOf, type Scalar, walk} from '../document/node.ts'
import type {Place} from '../model/place.ts'
import type {Edit} from './fix.ts'

/**
 * Gives a key of a mapping a value on one line: adds it in the style the mapping is written in, or puts it where a value stands
 * that `replaces` lets go: a null takes an inherited value away. Undefined where the key has another value, or the text is no
 * longer there.
 */
export function setPair(
  document: Document,
  mapping: Place,
  key: string,
  value: string,
  replaces: (value: Scalar['value']) => boolean = isNull,
): Edit | undefined {
  if (mapping.document !== document.uri) return undefined
  const written = pairOf(mappingAt(document, mapping), key)
  if (!written) return insertPair(document, mapping, `${key}: ${value}`)
  const start = document.offset(written.value.at)
  if (start === undefined || written.value.kind !== 'scalar' || !replaces(written.value.value)) return undefined
  return {document: document.uri, start, end: start + written.value.at.end - written.value.at.start, text: value}
}

const isNull = (value: Scalar['value']): boolean => value === null

/** The outermost mapping inside a place. */
function mappingAt(document: Document, {block: id, start, end}: Place): Mapping | undefined {
  for (const {section} of document.sections) {
    const node = section.blocks.find(({block}) => block.id === id)?.block.parsed.node
    for (const one of node ? walk(node) : []) if (one.kind === 'mapping' && one.at.start >= start && one.at.end <= end) return one
  }
  return undefined
}

/**
 * Adds a key at the end of a mapping in the style it is written in: on a line of its own with the indentation of its
 * neighbours, or inside the braces. `pair` is one line, such as `rollback: {within: 60s}`. Comments stay where they are.
 */
function insertPair(document: Document, mapping: Place, pair: string): Edit | undefined {
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
