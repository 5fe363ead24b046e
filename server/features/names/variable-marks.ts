import {type Node, walk} from '../../document/node.ts'
import type {Block, Section} from '../../document/section.ts'
import type {Place} from '../../model/place.ts'
import {variablesIn} from '../../model/variables.ts'

/** A variable in a string: `at` is its name, `whole` goes from `$` to the brace. */
export type VariableMark = {readonly name: string; readonly at: Place; readonly whole: Place}

const marks = new WeakMap<Block, readonly VariableMark[]>()

/** The variables in the strings of a YAML document, in the order of the text. */
export const variableMarks = (section: Section): readonly VariableMark[] => section.blocks.flatMap(({block}) => variableMarksOf(block))

export function variableMarksOf(block: Block): readonly VariableMark[] {
  const known = marks.get(block)
  if (known) return known
  const found = block.text.includes('${') && block.parsed.node ? [...walk(block.parsed.node)].flatMap(node => marksIn(block, node)) : []
  marks.set(block, found)
  return found
}

function marksIn(block: Block, node: Node): VariableMark[] {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || !node.value.includes('${')) return []
  // What stands there, not what it means: escapes and folded lines would move the offsets.
  return variablesIn(block.text.slice(node.at.start, node.at.end)).map(({name, start, end}) => {
    const whole = {...node.at, start: node.at.start + start, end: node.at.start + end}
    const from = block.text.indexOf(name, whole.start + 2)
    return {name, whole, at: {...whole, start: from, end: from + name.length}}
  })
}
