import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'
import type {CompletionList, Range, TextEdit} from 'vscode-languageserver-protocol'
import {Document} from '../../server/document/document.ts'
import {codeLenses} from '../../server/features/code-lenses.ts'
import {completion} from '../../server/features/completion/completion.ts'
import {definition} from '../../server/features/definition.ts'
import {documentHighlight} from '../../server/features/document-highlight.ts'
import {documentLinks} from '../../server/features/document-links.ts'
import type {AboutDocument, Feature, FeatureRequest} from '../../server/features/feature.ts'
import {foldingRanges} from '../../server/features/folding-ranges.ts'
import {hover} from '../../server/features/hover.ts'
import {inlayHints} from '../../server/features/inlay-hints.ts'
import {references} from '../../server/features/references.ts'
import {prepareRename, rename} from '../../server/features/rename.ts'
import {selectionRanges} from '../../server/features/selection-ranges.ts'
import {semanticTokens} from '../../server/features/semantic-tokens.ts'
import {type Desk, desk} from './desk.ts'

const whole = readFileSync(new URL('../sources/progression/whole.yaml', import.meta.url), 'utf8')

const [full] = semanticTokens()
const atCursor = [completion, hover, definition, documentHighlight, prepareRename] as readonly unknown[] as readonly Feature[]
const ofDocument = [foldingRanges, selectionRanges, documentLinks, inlayHints, codeLenses, full, references, rename] as readonly unknown[] as readonly Feature[]

const everything = {start: {line: 0, character: 0}, end: {line: 10_000, character: 0}}
const parameters = {range: everything, context: {includeDeclaration: true}, newName: 'renamed'}

/** Asks as an editor does while somebody types: at one place of one text. What comes back must lie in that text. */
async function ask(request: FeatureRequest, document: Document, offset: number, features: readonly Feature[]): Promise<void> {
  const position = document.lines.position(offset)
  for (const feature of features) {
    try {
      const answer = await feature.provide(
        request,
        {textDocument: {uri: document.uri}, position, positions: [position], ...parameters} as AboutDocument,
        AbortSignal.timeout(60_000),
      )
      for (const range of rangesIn(answer, document.uri)) check(document, range)
      if (feature === (completion as unknown))
        for (const item of (answer as CompletionList | null)?.items ?? []) onOneLine((item.textEdit as TextEdit).range, position.line)
    } catch (error) {
      throw new Error(`${feature.method} at ${offset} of ${JSON.stringify(document.text.slice(Math.max(0, offset - 200), offset))}`, {cause: error})
    }
  }
}

function* rangesIn(value: unknown, uri: string): Generator<Range> {
  if (typeof value !== 'object' || value === null) return
  if ('start' in value && 'end' in value && typeof value.start === 'object') yield value as Range
  else for (const part of Object.values(value)) yield* rangesIn(part, uri)
}

function check({lines}: Document, {start, end}: Range): void {
  const [from, until] = [lines.offset(start), lines.offset(end)]
  assert.deepEqual([lines.position(from), lines.position(until)], [start, end], 'a range outside the text')
  assert.ok(from <= until, 'a range that ends before it begins')
}

function onOneLine({start, end}: Range, line: number): void {
  assert.deepEqual([start.line, end.line], [line, line], 'an edit away from the cursor')
}

test('every prefix of a whole progression, typed character by character', async () => {
  const at = await desk('')
  let document = at.document
  for (const [index, character] of [...whole].entries()) {
    const end = document.lines.position(document.text.length)
    document = document.edit([{range: {start: end, end}, text: character}], index + 2)
    await ask(about(at, document), document, document.text.length, atCursor)
    if (index % 16 === 0) await ask(about(at, document), document, document.text.length, ofDocument)
  }
  assert.equal(document.text, whole)
})

test('anywhere in texts that were cut, doubled and torn', async () => {
  const at = await desk('')
  let seed = 11
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  const pieces = [
    '\n',
    ' ',
    '  ',
    '-',
    '- ',
    ':',
    ': ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
    '|\n',
    '>-\n',
    '#',
    '&a ',
    '*a',
    '<<: *a',
    '${',
    '$',
    '}',
    '---\n',
    '\t',
    '\r\n',
    '\uFEFF',
    '\uD800',
    '🚀',
    'x'.repeat(300),
    '!!map ',
    '? ',
    '%YAML',
  ]
  let document = new Document(at.document.uri, 1, whole)
  for (let round = 0; round < 700; round++) {
    const start = random(document.text.length + 1)
    const end = Math.min(document.text.length, start + (random(3) === 0 ? random(60) : 0))
    const text = random(4) === 0 ? document.text.slice(random(document.text.length + 1)).slice(0, random(120)) : (pieces[random(pieces.length)] ?? '')
    const range = {start: document.lines.position(start), end: document.lines.position(end)}
    document = round % 50 === 0 ? new Document(at.document.uri, round, whole) : document.edit([{range, text}], round)
    const offset = random(2) === 0 ? Math.min(start + text.length, document.text.length) : random(document.text.length + 1)
    await ask(about(at, document), document, offset, round % 4 === 0 ? [...atCursor, ...ofDocument] : atCursor)
  }
})

/** The same workspace with another text; what it says is read only for those who ask. */
const about = ({analysis, request: {schemaAt, schema, rule, around, client}}: Desk, document: Document): FeatureRequest => ({
  document,
  get progressions() {
    return analysis.progressions(document)
  },
  get merged() {
    return analysis.readings(document)
  },
  documentOf: uri => (uri === document.uri ? document : undefined),
  schemaAt,
  schema,
  rule,
  around,
  client,
})
