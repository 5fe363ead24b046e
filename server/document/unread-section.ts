import type {Place} from '../model/place.ts'
import type {Node} from './node.ts'
import type {ParsedBlock} from './parse-block.ts'
import type {Numbering, Section} from './section.ts'

/** Stands for a text that is not read at all: its first line, and why. */
export function unreadSection(text: string, document: string, numbering: Numbering, message: string): Section {
  const line = /^[^\r\n]*/.exec(text.slice(0, 200))?.[0] ?? ''
  const at: Place = {document, block: numbering.next++, start: 0, end: line.length}
  const parsed: ParsedBlock = {node: undefined, problems: [], hasAliases: false, unclosed: false, comments: []}
  const root: Node = {kind: 'broken', why: message, at}
  const blocks = [{block: {id: at.block, kind: 'whole' as const, text: line, parsed}, offset: 0}]
  return {length: line.length, blocks, root, at, problems: [{code: 'config/schema', at, message}], hasAliases: false}
}
