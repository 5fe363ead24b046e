import type {Document} from '../document/document.ts'
import {type Mapping, type Node, pairOf, walk} from '../document/node.ts'
import {defineFix, type Edit} from './fix.ts'
import {setPair} from './insert.ts'

/** Writes a level under `rules:` of the document a finding stands in. */
export const setLevel = defineFix<'code' | 'level'>({
  id: 'set-level',
  title: ({code, level}) => (level === 'off' ? `Turn ${code} off for this document` : `Show ${code} as ${level}`),
  edits({document, at, arguments: {code, level}}) {
    const found = document.sections.find(({section}) => section.blocks.some(({block}) => block.id === at.block))
    const root = found?.section.root
    if (!found || root?.kind !== 'mapping' || root.open || /^\s*\{/.test(document.text.slice(found.offset))) return undefined
    const rules = pairOf(root, 'rules')
    const edit = rules
      ? into(document, rules.value, code, level)
      : atEnd(document, found.offset, found.offset + found.section.length, `rules: {${code}: ${level}}`)
    return edit && [edit]
  },
})

function into(document: Document, rules: Node, code: string, level: string): Edit | undefined {
  if (rules.kind !== 'mapping') return undefined
  const written = pairOf(rules, code)?.value
  if (written) {
    const start = document.offset(written.at)
    return start === undefined || written.kind !== 'scalar'
      ? undefined
      : {document: document.uri, start, end: start + written.at.end - written.at.start, text: level}
  }
  return rules.flow ? setPair(document, rules.at, code, level) : belowLast(document, rules, `${code}: ${level}`)
}

/** Behind the last entry of a map over several lines, with the indentation of the first. */
function belowLast(document: Document, rules: Mapping, pair: string): Edit | undefined {
  const [first, last] = [rules.pairs[0], rules.pairs.at(-1)]
  const [start, end] = [first && document.offset(first.key.at), last && endOf(document, last.value)]
  if (start === undefined || end === undefined) return undefined
  const {text, uri, lines} = document
  const indentation = text.slice(lines.start(lines.lineAt(start)), start)
  const lineEnd = end + text.slice(end).search(/[\r\n]|$/)
  return {document: uri, start: lineEnd, end: lineEnd, text: `${newlineOf(text)}${indentation}${pair}`}
}

function endOf(document: Document, node: Node): number | undefined {
  const ends = [...walk(node)].flatMap(({at}) => {
    const start = document.offset(at)
    return start === undefined ? [] : [start + at.end - at.start]
  })
  return ends.length > 0 ? Math.max(...ends) : undefined
}

/** On a line of its own behind everything that stands in a document of the file. */
function atEnd({text, uri}: Document, from: number, until: number, line: string): Edit {
  const end = from + text.slice(from, until).trimEnd().length
  const newline = newlineOf(text)
  return {document: uri, start: end, end, text: `${newline}${line}${end === text.length ? newline : ''}`}
}

const newlineOf = (text: string): string => /\r\n|\r|\n/.exec(text)?.[0] ?? '\n'
