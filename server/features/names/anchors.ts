import {type Node, walk} from '../../document/node.ts'
import type {Block, Section} from '../../document/section.ts'
import type {Place} from '../../model/place.ts'

/** `&name` or `*name`; the place is that of the name alone. */
export type AnchorMark = {readonly name: string; readonly defines: boolean; readonly at: Place /** What is named, for an anchor. */; readonly node?: Node}

/** What each anchor of a YAML document names; the last one where a name is given twice. */
export function anchorsOf(section: Section): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>()
  for (const {block} of section.blocks)
    for (const node of block.parsed.node ? walk(block.parsed.node) : []) if ('anchor' in node && node.anchor) found.set(node.anchor, node)
  return found
}

/** Anchors and aliases in the order of the text. */
export function anchorMarks(section: Section): readonly AnchorMark[] {
  return section.blocks.flatMap(({block}) => marksIn(block))
}

const marks = new WeakMap<Block, readonly AnchorMark[]>()

function marksIn(block: Block): readonly AnchorMark[] {
  const known = marks.get(block)
  if (known) return known
  const found: AnchorMark[] = []
  if (/[&*]/.test(block.text) && block.parsed.node) {
    for (const node of walk(block.parsed.node)) {
      if (node.kind === 'alias') {
        const start = node.at.start + 1
        found.push({name: node.name, defines: false, at: {...node.at, start, end: start + node.name.length}})
      } else if ('anchor' in node && node.anchor) {
        const at = placeOf(block, node, node.anchor)
        if (at) found.push({name: node.anchor, defines: true, at, node})
      }
    }
    found.sort((one, other) => one.at.start - other.at.start)
  }
  marks.set(block, found)
  return found
}

/** An anchor stands before its node; how far, only the text knows. */
function placeOf(block: Block, node: Node, name: string): Place | undefined {
  const before = block.text.lastIndexOf(`&${name}`, Math.max(0, node.at.start))
  return before < 0 ? undefined : {...node.at, start: before + 1, end: before + 1 + name.length}
}
