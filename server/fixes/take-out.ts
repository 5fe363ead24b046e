import type {Document} from '../document/document.ts'
import {type Node, walk} from '../document/node.ts'
import type {Place} from '../model/place.ts'
import {defineFix} from './fix.ts'

/**
 * Takes the key at a place out of its map, or the item of a list that holds the place, with everything below it; `what` is `key` or
 * `item`. Comments above it stay. Undefined where it is the only one there, since an empty map or list may mean something else.
 */
export const takeOut = defineFix<'title' | 'what'>({
  id: 'take-out',
  title: ({title}) => title,
  edits({document, at, arguments: {what}}) {
    const found = partAt(document, at, what)
    const start = found && document.offset(found.part)
    if (!found || start === undefined || found.siblings < 2) return undefined
    const end = start + found.part.end - found.part.start
    const {text, uri} = document
    // A key behind a dash shares its line with the item it begins.
    if (!found.flow && !/(^|\n)[ \t]*(-[ \t]+)?$/.test(text.slice(0, start))) return undefined
    return [found.flow ? {document: uri, ...flowPart(text, start, end), text: ''} : {document: uri, ...lines(text, start, end), text: ''}]
  },
})

type Part = {readonly part: Place; readonly flow: boolean; readonly siblings: number}

/** The pair whose key stands at a place, or the innermost item around it. */
function partAt(document: Document, at: Place, what: string): Part | undefined {
  let found: Part | undefined
  for (const {section} of document.sections) {
    if (!section.root || !section.blocks.some(({block}) => block.id === at.block)) continue
    for (const node of walk(section.root)) {
      if (what === 'key' && node.kind === 'mapping') {
        const pair = node.pairs.find(({key}) => key.at.block === at.block && key.at.start === at.start)
        if (pair) return {part: {...at, end: endOf(pair.value, at)}, flow: node.flow, siblings: node.pairs.length}
      } else if (what === 'item' && node.kind === 'sequence') {
        const item = node.items.find(one => one.at.block === at.block && one.at.start <= at.start && at.end <= one.at.end)
        if (item) found = {part: {...item.at, end: endOf(item, item.at)}, flow: node.flow, siblings: node.items.length}
      }
    }
  }
  return found
}

/** Where the last thing below a node ends that stands in the same block. */
function endOf(value: Node, at: Place): number {
  let end = at.end
  for (const node of walk(value)) if (node.at.block === at.block) end = Math.max(end, node.at.end)
  return end
}

/** With the comma behind it, or else the one before it. */
function flowPart(text: string, start: number, end: number): {start: number; end: number} {
  const behind = /^\s*,[ \t]*/.exec(text.slice(end))
  if (behind) return {start, end: end + behind[0].length}
  const before = /,\s*$/.exec(text.slice(0, start))
  return {start: before ? before.index : start, end}
}

/** Whole lines, from the one it begins on to the one it ends on. */
function lines(text: string, start: number, end: number): {start: number; end: number} {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const last = text.slice(0, end).trimEnd().length
  const newline = text.indexOf('\n', last)
  return {start: from, end: newline < 0 ? text.length : newline + 1}
}
