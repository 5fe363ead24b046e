import type {SelectionRange, SelectionRangeParams} from 'vscode-languageserver-protocol'
import type {Document} from '../document/document.ts'
import type {Node, Pair} from '../document/node.ts'
import {defineFeature} from './feature.ts'

type Stretch = {readonly start: number; readonly end: number}

/** From the word at the cursor outwards: value, pair, map, item, up to the YAML document and the file; in braces too. */
export const selectionRanges = defineFeature({
  method: 'textDocument/selectionRange',
  capability: {selectionRangeProvider: true},
  provide: ({document}, {positions}: SelectionRangeParams): SelectionRange[] =>
    positions.map(position => {
      let range: SelectionRange | undefined
      for (const {start, end} of stretchesAt(document, document.lines.offset(position)))
        range = {range: {start: document.lines.position(start), end: document.lines.position(end)}, parent: range}
      return range ?? {range: {start: position, end: position}}
    }),
})

/** Outermost first, each inside the one before. */
function stretchesAt(document: Document, offset: number): readonly Stretch[] {
  const {text} = document
  const found: Stretch[] = []
  const add = (start: number, end: number): void => {
    const stretch = trimmed(text, start, end)
    const outer = found.at(-1)
    if (stretch.start > offset || stretch.end < offset || stretch.start === stretch.end) return
    if (outer && (stretch.start < outer.start || stretch.end > outer.end || (stretch.start === outer.start && stretch.end === outer.end))) return
    found.push(stretch)
  }
  add(0, text.length)
  const section = document.sections.findLast(one => one.offset <= offset)
  if (section) add(section.offset, section.offset + section.section.length)
  if (section?.section.root) descend(document, section.section.root, offset, add)
  const word = wordAt(text, offset)
  add(word.start, word.end)
  return found
}

function descend(document: Document, node: Node, offset: number, add: (start: number, end: number) => void): void {
  const whole = stretchOf(document, node)
  if (!whole || offset < whole.start || offset > whole.end) return
  add(whole.start, whole.end)
  if (node.kind === 'mapping') {
    for (const pair of node.pairs) {
      const around = pairStretch(document, pair)
      if (!around || offset < around.start || offset > around.end) continue
      add(around.start, around.end)
      descend(document, pair.key, offset, add)
      descend(document, pair.value, offset, add)
    }
  } else if (node.kind === 'sequence') for (const item of node.items) descend(document, item, offset, add)
  else if (node.kind === 'scalar' && (node.style === 'single' || node.style === 'double')) add(whole.start + 1, whole.end - 1)
}

/** All of a node: what is put together from several blocks goes from its first part to its last. */
function stretchOf(document: Document, node: Node): Stretch | undefined {
  const parts = node.kind === 'mapping' ? node.pairs : node.kind === 'sequence' ? node.items : []
  const first = parts[0]
  const last = parts.at(-1)
  if (first && last && !('flow' in node && node.flow)) {
    const start = partStretch(document, first)?.start
    const end = partStretch(document, last)?.end
    if (start !== undefined && end !== undefined) return {start, end}
  }
  const start = document.offset(node.at)
  return start === undefined ? undefined : {start, end: start + node.at.end - node.at.start}
}

const partStretch = (document: Document, part: Pair | Node): Stretch | undefined => ('key' in part ? pairStretch(document, part) : stretchOf(document, part))

function pairStretch(document: Document, {key, value}: Pair): Stretch | undefined {
  const start = document.offset(key.at)
  const end = stretchOf(document, value)?.end
  return start === undefined ? undefined : {start, end: Math.max(start + key.at.end - key.at.start, end ?? 0)}
}

function trimmed(text: string, start: number, end: number): Stretch {
  let last = Math.min(end, text.length)
  while (last > start && /\s/.test(text[last - 1] ?? '')) last--
  return {start, end: last}
}

function wordAt(text: string, offset: number): Stretch {
  const before = /[\p{L}\p{N}_-]*$/u.exec(text.slice(Math.max(0, offset - 100), offset))?.[0].length ?? 0
  const behind = /^[\p{L}\p{N}_-]*/u.exec(text.slice(offset, offset + 100))?.[0].length ?? 0
  return {start: offset - before, end: offset + behind}
}
