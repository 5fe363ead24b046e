import type {Node} from 'web-tree-sitter'
import type {Part, Statement, Word} from './syntax.ts'

/** Reads the statements of a substitution; handed in, since statements hold words too. */
export type ReadStatements = (holder: Node) => readonly Statement[]

export const wordOf = (node: Node, read: ReadStatements): Word => ({start: node.startIndex, end: node.endIndex, parts: partsOf(node, read, false)})

/** A word made of everything between two offsets of a node, such as what stands inside `(( … ))`. */
export function wordBetween(holder: Node, start: number, end: number, read: ReadStatements): Word {
  return {start, end, parts: gathered(holder, start, end, read, true)}
}

function partsOf(node: Node, read: ReadStatements, quoted: boolean): readonly Part[] {
  const {text} = node
  switch (node.type) {
    case 'word':
    case 'number':
    case 'variable_name':
    case 'extglob_pattern':
    case 'regex':
    case 'test_operator':
    case 'special_variable_name':
      return node.namedChildCount > 0 ? gathered(node, node.startIndex, node.endIndex, read, quoted) : [{kind: 'text', text: unescaped(text), quoted}]
    case 'raw_string':
      return [{kind: 'text', text: text.slice(1, -1), quoted: true}]
    case 'ansi_c_string':
      return [{kind: 'text', text: ansi(text.slice(2, -1)), quoted: true}]
    case 'string':
    case 'translated_string': {
      const open = text.indexOf('"') + 1
      return gathered(node, node.startIndex + open, node.endIndex - 1, read, true)
    }
    case 'command_name':
    case 'concatenation':
      return gathered(node, node.startIndex, node.endIndex, read, quoted)
    case 'brace_expression':
      return [{kind: 'text', text, quoted: false}]
    case 'simple_expansion': {
      const name = node.namedChild(0)?.text
      return [name === undefined ? {kind: 'other', quoted} : {kind: 'variable', name, quoted}]
    }
    case 'expansion':
      return [expansion(node, read, quoted)]
    case 'command_substitution':
      return [{kind: 'substitution', body: read(node), quoted}]
    case 'arithmetic_expansion': {
      const open = text.startsWith('$[') ? 2 : 3
      return [{kind: 'arithmetic', expression: wordBetween(node, node.startIndex + open, node.endIndex - (open - 1), read), quoted}]
    }
    case 'string_content':
      return [{kind: 'text', text: text.replace(/\\\n/g, '').replace(/\\([$`"\\])/g, '$1'), quoted: true}]
    default:
      // Expressions inside `(( … ))`: what they are made of, with the signs between.
      return node.namedChildCount > 0 && /expression$/.test(node.type)
        ? gathered(node, node.startIndex, node.endIndex, read, quoted)
        : [{kind: 'other', quoted}]
  }
}

/** The parts of a node's named children, and the text between them: the grammar leaves spaces and signs out. */
function gathered(holder: Node, start: number, end: number, read: ReadStatements, quoted: boolean): readonly Part[] {
  const parts: Part[] = []
  const {text: whole, startIndex} = holder
  const between = (from: number, to: number): void => {
    const text = whole.slice(from - startIndex, to - startIndex)
    if (text) parts.push({kind: 'text', text: quoted ? text : unescaped(text), quoted})
  }
  let at = start
  for (const child of holder.namedChildren) {
    if (!child || child.startIndex < start || child.endIndex > end) continue
    between(at, child.startIndex)
    parts.push(...partsOf(child, read, quoted))
    at = child.endIndex
  }
  between(at, end)
  return parts
}

/** `${name}`, and of the operators those for defaults: the others change text in ways that are not followed. */
function expansion(node: Node, read: ReadStatements, quoted: boolean): Part {
  const operator = node.childForFieldName('operator')?.text
  const [name, ...rest] = node.namedChildren
  if (!name || operator === '!' || operator === '#') return {kind: 'other', quoted}
  if (name.type === 'subscript') return /\[[@*]\]$/.test(name.text) ? {kind: 'variable', name: name.text, quoted} : {kind: 'other', quoted}
  if (operator === undefined) return {kind: 'variable', name: name.text, quoted}
  if (!/^:?[-=?+]$/.test(operator)) return {kind: 'other', quoted}
  const [first] = rest
  const last = rest.at(-1)
  const argument: Word =
    first && last
      ? {start: first.startIndex, end: last.endIndex, parts: gathered(node, first.startIndex, last.endIndex, read, quoted)}
      : {start: node.endIndex, end: node.endIndex, parts: []}
  return {kind: 'variable', name: name.text, operator, argument, quoted}
}

const unescaped = (text: string): string => text.replace(/\\\r?\n/g, '').replace(/\\(.)/gs, '$1')

const controls: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r', e: '\x1b', a: '\x07', b: '\b', '0': '\0'}
const ansi = (text: string): string => text.replace(/\\(.)/gs, (_, sign: string) => controls[sign] ?? sign)
