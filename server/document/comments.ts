import type {Place} from '../model/place.ts'
import {type Node, walk} from './node.ts'

/** A comment: from its `#` to the end of its line. */
export type BlockComment = {readonly text: string; readonly at: Place /** Nothing else stands on its line. */; readonly alone: boolean}

/**
 * The comments of a block that contain `marker`. A `#` inside a string is none: the scalars of the block, as they were
 * parsed, tell them apart.
 */
export function commentsIn(text: string, node: Node | undefined, marker: string, place: (start: number, end: number) => Place): BlockComment[] {
  if (!text.includes(marker)) return []
  const found: BlockComment[] = []
  const scalars = node ? [...walk(node)].filter(one => one.kind === 'scalar').map(({at}) => at) : []
  for (const match of text.matchAll(/(^|[ \t])(#[^\r\n]*)/gm)) {
    const start = match.index + (match[1]?.length ?? 0)
    const comment = match[2] ?? ''
    if (!comment.includes(marker) || scalars.some(at => at.start <= start && start < at.end)) continue
    const lineStart = text.lastIndexOf('\n', start - 1) + 1
    found.push({text: comment, at: place(start, start + comment.length), alone: text.slice(lineStart, start).trim() === ''})
  }
  return found
}
