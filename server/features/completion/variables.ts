import {branchOf} from '../../model/schema-tree.ts'
import {type Variable, variables} from '../../model/variables.ts'
import type {Path} from '../cursor/frame.ts'
import {variableMarks} from '../names/variable-marks.ts'
import {type Candidate, kinds, snippetText} from './candidate.ts'
import type {CompletionPlace} from './place.ts'

/** Variables, where `$` or `${` was typed in a string that takes them; undefined anywhere else. */
export function variableCandidates(place: CompletionPlace, path: Path): readonly Candidate[] | undefined {
  const {cursor, offset, request, chain} = place
  const {text} = request.document
  const begun = /(?<!\$)\$(?:\{[ \t]*[\w.]*)?$/.exec(text.slice(Math.max(cursor.span.start, offset - 200), offset))
  const node = request.schemaAt(path)
  const string = node && branchOf(node, 'string')
  if (!begun || !(string?.['x-variables'] ?? node?.['x-variables'])) return undefined
  const closed = begun[0].includes('{') && (cursor.quote !== undefined || !cursor.flow || isBalanced(lineAround(text, offset)))
  const rest = (closed ? /^[\w.]*\}?/ : /^[\w.]*/).exec(text.slice(offset, offset + 100))?.[0] ?? ''
  const span = {start: offset - begun[0].length, end: offset + rest.length}
  // In braces and brackets a plain word cannot hold a brace.
  const quoted = cursor.flow && cursor.quote === undefined
  const atEnd = span.end >= cursor.span.end
  const additional = quoted
    ? [
        {span: {start: cursor.span.start, end: cursor.span.start}, text: "'"},
        ...(atEnd ? [] : [{span: {start: cursor.span.end, end: cursor.span.end}, text: "'"}]),
      ]
    : undefined
  // Where the word begins with the variable, both would be put at the same offset.
  const inside = quoted && span.start === cursor.span.start
  const open = inside ? "'" : ''
  const close = quoted && atEnd ? "'" : ''
  const candidate = (name: string, detail: string, rank: number, snippet = snippetText(`\${${name}}`)): Candidate => ({
    label: `\${${name}}`,
    kind: kinds.variable,
    snippet: `${open}${snippet}${close}`,
    detail,
    rank,
    span,
    additional: inside ? additional?.slice(1) : additional,
  })
  const process = new Set(chain.flatMap(({section}) => variableMarks(section).flatMap(({name}) => (name.startsWith('env.') ? name : []))))
  return [
    ...known(path).map(name => candidate(name, variables[name], 1)),
    ...[...process].map(name => candidate(name, 'An environment variable of the process that promotes.', 2)),
    candidate('env.NAME', 'An environment variable of the process that promotes.', 3, '\\${env.${1:NAME}\\}'),
  ]
}

/** Whether the brace behind a variable is its own, not that of the map around it. */
const isBalanced = (line: string): boolean => line.split('{').length <= line.split('}').length

const lineAround = (text: string, offset: number): string => text.slice(text.lastIndexOf('\n', offset - 1) + 1).split(/\r?\n/, 1)[0] ?? ''

/** Those that have a value in this place. */
function known(path: Path): readonly Variable[] {
  const inGate = path.includes('gates')
  const inScan = path.includes('scan')
  return (Object.keys(variables) as Variable[]).filter(name => (name === 'window' ? inGate : name === 'image' ? inScan : true))
}
