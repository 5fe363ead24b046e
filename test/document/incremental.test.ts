import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'
import {isDeepStrictEqual} from 'node:util'
import {parseAllDocuments, stringify} from 'yaml'
import {Document, type TextChange} from '../../server/document/document.ts'
import {Random} from './random.ts'
import {plainValues, seen} from './seen.ts'

const uri = 'file:///workspace/progression.yaml'
const format = readFileSync(new URL('format.yaml', import.meta.url), 'utf8')

const lines = format.split('\n')
const texts = [
  ...[0, 9, 18, 27, 36, 45].map(start => lines.slice(start, start + 10).join('\n')),
  'name: shop\nenvironments:\n  - name: dev\n    gates: [a, {b: {max: 1}}]\n  - name: staging\n---\nname: other\nenvironments: [{name: dev}, {name: production}]\n',
  'x-base: &base\n  smoke: {timeout: 60s}\n  list:\n  - 1\n  - - 2\n    - 3\ndefaults:\n  <<: *base\n  rollback: {within: 60s}\nenvironments:\n- name: dev\n  <<: *base\n- name: live\n',
  'a: |\n  text\n  - not a list\n\n  key: no key\nb: >-\n  folded\n  text\nc:\n  d: "double\n    quoted"\n  e: \'single\'\n  # comment\nf: [1,\n 2]\n',
  'one:\r\n  two: 2\r\n  three:\r\n    - a\r\n    - b\r\nfour: ${x}\r\n',
]

const pieces = [
  ...['\n', '\n  ', '\n    ', '\n- ', '\n  - ', '---\n', '\n---\n', '...\n', '\r\n', '\r', '\t', ' ', '  '],
  ...[':', ': ', '#', ' # note', '{', '}', '[', ']', ',', '"', "'", '|', '|\n', '>', '&a ', '*a', '<<: *base', '!x ', '?', '? ', '%', '@'],
  ...[
    'a',
    'name',
    'key: value',
    'x: {y: 1}',
    '- item',
    '${release}',
    '<<<<<<< HEAD\n',
    '=======\n',
    '\uFEFF',
    '\uD83D',
    '\uDE00',
    '🚀',
    'null',
    '~',
    'true',
    '012',
    '1e3',
  ],
]

function randomChange(random: Random, document: Document): TextChange {
  const {text, lines} = document
  if (random.chance(0.01)) return {text: text.slice(random.below(20))}
  const start = random.below(text.length + 1)
  const length = random.chance(0.5) ? 0 : random.chance(0.9) ? random.below(6) : random.below(80)
  const range = {start: lines.position(start), end: lines.position(Math.min(text.length, start + length))}
  const inserted = random.chance(0.25) ? '' : random.chance(0.1) ? text.slice(random.below(text.length), random.below(text.length)) : random.of(pieces)
  return {range, text: inserted}
}

function same(document: Document, history: string): void {
  const fresh = new Document(uri, document.version, document.text)
  assert.deepEqual(seen(document), seen(fresh), history)
  for (let line = 0; line <= fresh.lines.count; line++) assert.equal(document.lines.start(line), fresh.lines.start(line), `line ${line}: ${history}`)
}

test('ten thousand random edits read the same as the text they lead to', () => {
  const random = new Random(20260101)
  for (let round = 0; round < 400; round++) {
    let document = new Document(uri, 0, random.of(texts))
    let history = ''
    for (let step = 0; step < 25; step++) {
      // Some texts are edited before anybody has read them, some several times between two looks, and some in the midst of one.
      if (random.chance(0.7)) {
        same(document, history)
        history = ''
      } else if (random.chance(0.2)) document.readOn()
      const change = randomChange(random, document)
      history += JSON.stringify({before: document.text, change})
      document = document.edit([change], step)
    }
    same(document, history)
  }
})

test('several changes of one notification are applied one after the other', () => {
  const document = new Document(uri, 1, 'name: shop\nenvironments:\n  - name: dev\n')
  assert.equal(document.sections.length, 1)
  const at = (line: number, character: number) => ({line, character})
  const after = document.edit(
    [
      {range: {start: at(2, 10), end: at(2, 13)}, text: 'staging'},
      {range: {start: at(2, 17), end: at(2, 17)}, text: '\n  - name: live'},
      {range: {start: at(0, 6), end: at(0, 10)}, text: 'store'},
    ],
    2,
  )
  assert.equal(after.text, 'name: store\nenvironments:\n  - name: staging\n  - name: live\n')
  assert.deepEqual(plainValues(after), [{name: 'store', environments: [{name: 'staging'}, {name: 'live'}]}])
  same(after, 'three changes')
})

test('every prefix of the format, typed character by character, reads as it would from scratch', () => {
  let document = new Document(uri, 0, '')
  assert.equal(document.sections.length, 1)
  for (let length = 1; length <= format.length; length++) {
    const end = document.lines.position(document.text.length)
    document = document.edit([{range: {start: end, end}, text: format.charAt(length - 1)}], length)
    // Reading all of it twice at every character takes long; each line in its middle and at its end says as much.
    const rest = format.slice(length).indexOf('\n')
    if (rest === 0 || rest % 7 === 3) same(document, `after ${length} characters`)
    else assert.ok(document.sections.length > 0)
  }
})

test('text typed into the middle of the whole format reads as it would from scratch', () => {
  let document = new Document(uri, 0, format)
  assert.equal(document.sections.length, 1)
  const line = document.lines.lineAt(format.indexOf('    namespace: staging'))
  const typed = '    smoke:\n      service: "shop:http"\n      http: [{get: /healthz}]\n      timeout: 30s\n'
  let at = {line, character: 0}
  for (const character of typed) {
    document = document.edit([{range: {start: at, end: at}, text: character}], 1)
    at = character === '\n' ? {line: at.line + 1, character: 0} : {line: at.line, character: at.character + 1}
    same(document, `after ${JSON.stringify(character)} at ${at.line}`)
  }
  assert.equal(document.problems.length, 0)
})

function randomValue(random: Random, depth: number): unknown {
  const words = [
    'dev',
    'staging',
    'a b',
    '60s',
    '${release}',
    'true',
    '12',
    '0x1f',
    '~',
    'null',
    '',
    '- dash',
    'key: value',
    '# no comment',
    'multi\nline\ntext',
    'tail\n',
    "it's",
    '"quoted"',
    'ünï',
    '🚀',
    ' lead',
    '---',
    '2026-01-01',
  ]
  const kind = depth > 3 ? 0 : random.below(6)
  if (kind === 4) return Array.from({length: random.below(4)}, () => randomValue(random, depth + 1))
  if (kind === 5) return randomMap(random, depth + 1)
  return random.of([random.of(words), random.of(words), random.below(1000), random.next(), true, false, null])
}

function randomMap(random: Random, depth: number): Record<string, unknown> {
  const keys = ['name', 'environments', 'on', 'a-b', 'x.y', 'a/b', 'with space', '7', 'true', 'é', '$ref', '#hash', 'q"uote']
  return Object.fromEntries(Array.from({length: 1 + random.below(5)}, () => [random.of(keys), randomValue(random, depth)]))
}

test('what is valid YAML has the values that the yaml library reads', () => {
  const random = new Random(7)
  let compared = 0
  for (let round = 0; round < 1500; round++) {
    const documents = Array.from({length: random.chance(0.8) ? 1 : 2}, () => randomMap(random, 0))
    const options = {
      indent: random.of([2, 4]),
      indentSeq: random.chance(0.5),
      collectionStyle: random.of(['any', 'block', 'flow'] as const),
      lineWidth: random.of([0, 20, 80]),
    }
    const text = documents.map(value => stringify(value, options)).join('---\n')
    const expected = parseAllDocuments(text, {logLevel: 'error'}).map(document => JSON.parse(JSON.stringify(document.toJS())))
    // The library writes some texts, such as an empty list on a line of its own, that it reads as something else.
    if (!isDeepStrictEqual(expected, JSON.parse(JSON.stringify(documents)))) continue
    compared++
    const read = new Document(uri, 1, text)
    assert.deepEqual(JSON.parse(JSON.stringify(plainValues(read))), expected, text)
    assert.deepEqual(read.problems, [], text)
  }
  assert.ok(compared > 1200, `only ${compared} of 1500 texts were valid`)
})

const odd = [
  'a:\n- 1\n- 2\nb:\n  c:\n  - 3\n  d:\n  - - 4\n    - 5\n',
  'a: {\n  b: 1,\n  c: 2\n  }\nd: [1,\n 2\n ]\n',
  '"quoted": 1\n\'single\':\n  x: 2\n"with: colon":\n  - y\n',
  '# first\n\na: # behind\n  # own line\n  b: 1 # last\n\n# at the end\n',
  '---\na: 1\n---\n# only a comment\n---\nb:\n  c: 2\n',
  '--- # marked\na:\n  b: 1\n...\n',
  'a: |\n  b: 1\n---\nc: >2\n    two more\n   one more\nd: |+\n  kept\n\ne: 1\n',
  'a:\n  b\n  c\nd: "one\n  two"\n',
  'a:\n  ? b\n  : 1\n',
  'base: &b\n  x: 1\n  y: &list\n    - 2\nuse:\n  again: *b\n  list: *list\n',
  'a:   \n  b:   1   \n  c:\t2\n',
  'a:\n    b: 1\n    c:\n      - d: 2\n        e: 3\n      - f\n',
  'on: yes\nno: off\nx: 1_000\noctal: 0o14\nhex: 0xff\nfloat: .5\ninf: .inf\nnothing: ~\nempty:\n',
  '\uFEFFa:\n  b: 1\n',
  'a:\r\n  b: 1\r\n  c:\r\n  - 2\r\n',
  '- 1\n- a: 2\n  b: 3\n- - 4\n',
  'just text\n',
  '[1, {a: 2}]\n',
  '',
  '\n\n# nothing\n',
]

test('odd spellings have the values that the yaml library reads', () => {
  for (const text of odd) {
    // Its undefined for an empty document is what we call null.
    const expected = parseAllDocuments(text.replace(/^\uFEFF/, ''), {logLevel: 'error'}).map(document => document.toJS() ?? null)
    const document = new Document(uri, 1, text)
    assert.deepEqual(document.problems, [], JSON.stringify(text))
    assert.deepEqual(
      JSON.parse(JSON.stringify(plainValues(document))),
      JSON.parse(JSON.stringify(expected.length > 0 ? expected : [null])),
      JSON.stringify(text),
    )
  }
})

test('the format itself has the values that the yaml library reads', () => {
  const expected = parseAllDocuments(format).map(document => JSON.parse(JSON.stringify(document.toJS())))
  assert.deepEqual(JSON.parse(JSON.stringify(plainValues(new Document(uri, 1, format)))), expected)
})
