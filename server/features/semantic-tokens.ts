import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensLegend,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from 'vscode-languageserver-protocol'
import type {Document} from '../document/document.ts'
import type {Uri} from '../model/files.ts'
import type {SchemaTree} from '../model/schema-tree.ts'
import {defineFeature, type Feature} from './feature.ts'
import {marksIn} from './names/marks.ts'
import {variableMarks} from './names/variable-marks.ts'

const types = ['namespace', 'function', 'class', 'enumMember', 'variable', 'number'] as const
const legend: SemanticTokensLegend = {tokenTypes: [...types], tokenModifiers: ['declaration']}

const typeOf: Readonly<Record<string, (typeof types)[number]>> = {environment: 'namespace', gate: 'function', cluster: 'class', flag: 'enumMember'}

type Token = {readonly offset: number; readonly length: number; readonly type: number; readonly declared: boolean}

/** How many documents are remembered for answers that say only what changed. */
const remembered = 8

/** Variables, durations and the names of environments, gates, clusters and flags: whole, for a part of the text, or what changed since. */
export function semanticTokens(): readonly Feature<never>[] {
  const answers = new Map<Uri, {readonly id: string; readonly data: readonly number[]}>()
  let count = 0
  const keep = (uri: Uri, data: number[]): SemanticTokens => {
    const resultId = String(++count)
    answers.delete(uri)
    answers.set(uri, {id: resultId, data})
    for (const [oldest] of answers) if (answers.size > remembered) answers.delete(oldest)
    return {resultId, data}
  }
  const full = defineFeature({
    method: 'textDocument/semanticTokens/full',
    capability: {semanticTokensProvider: {legend, full: {delta: true}, range: true}},
    provide: ({document, schema}, _params: SemanticTokensParams) => keep(document.uri, encoded(document, tokensOf(document, schema))),
  })
  const delta = defineFeature({
    method: 'textDocument/semanticTokens/full/delta',
    capability: {},
    provide({document, schema}, {previousResultId}: SemanticTokensDeltaParams): SemanticTokens | SemanticTokensDelta {
      const before = answers.get(document.uri)
      const answer = keep(document.uri, encoded(document, tokensOf(document, schema)))
      return before?.id === previousResultId ? {resultId: answer.resultId, edits: changes(before.data, answer.data)} : answer
    },
  })
  const range = defineFeature({
    method: 'textDocument/semanticTokens/range',
    capability: {},
    provide({document, schema}, {range: {start, end}}: SemanticTokensRangeParams): SemanticTokens {
      const [from, until] = [document.lines.offset(start), document.lines.offset(end)]
      return {data: encoded(document, tokensOf(document, schema, from, until))}
    },
  })
  return [full, delta, range]
}

function tokensOf(document: Document, schema: SchemaTree, from = 0, until = document.text.length): readonly Token[] {
  const tokens: Token[] = []
  const add = (at: Parameters<Document['offset']>[0], type: (typeof types)[number] | undefined, declared = false): void => {
    const offset = type === undefined ? undefined : document.offset(at)
    if (type === undefined || offset === undefined || offset < from || offset >= until) return
    tokens.push({offset, length: at.end - at.start, type: types.indexOf(type), declared})
  }
  for (const {section, offset} of document.sections) {
    if (offset >= until || offset + section.length <= from) continue
    const {names, durations} = marksIn(section, schema)
    for (const {at, kind, defines} of names) add(at, typeOf[kind], defines)
    for (const at of durations) add(at, 'number')
    for (const {whole} of variableMarks(section)) add(whole, 'variable')
  }
  return tokens.sort((one, other) => one.offset - other.offset)
}

/** Five numbers a token, relative to the one before. What goes over the end of a line, or lies in another token, is left out. */
function encoded({lines}: Document, tokens: readonly Token[]): number[] {
  const data: number[] = []
  let [line, character, end] = [0, 0, 0]
  for (const {offset, length, type, declared} of tokens) {
    const at = lines.position(offset)
    if (offset < end || lines.lineAt(offset + length) !== at.line) continue
    data.push(at.line - line, at.line === line ? at.character - character : at.character, length, type, declared ? 1 : 0)
    line = at.line
    character = at.character
    end = offset + length
  }
  return data
}

/** One edit: everything between what both begin and end with. */
function changes(before: readonly number[], after: readonly number[]): SemanticTokensDelta['edits'] {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let behind = 0
  while (behind < most - start && before[before.length - 1 - behind] === after[after.length - 1 - behind]) behind++
  if (start === before.length && start === after.length) return []
  return [{start, deleteCount: before.length - behind - start, data: after.slice(start, after.length - behind)}]
}
