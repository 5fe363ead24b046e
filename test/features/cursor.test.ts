import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Document} from '../../server/document/document.ts'
import {cursorsAt, presentAt} from '../../server/features/cursor/cursor.ts'
import {cursorIn} from './desk.ts'

/** What could be written at the cursor: its kind, its path, what is there already, and what stands beside it. */
function read(marked: string): readonly string[] {
  const {text, offset} = cursorIn(marked)
  const document = new Document('file:///w/progression.yaml', 1, text)
  return cursorsAt(document, offset).map(cursor => {
    const written = text.slice(cursor.span.start, cursor.span.end)
    const more = [
      cursor.flow ? 'flow' : '',
      cursor.quote ?? '',
      'below' in cursor && cursor.below ? `below at ${cursor.column}` : '',
      cursor.kind === 'item' && cursor.before !== '' ? `wants "${cursor.before}"` : '',
      cursor.kind === 'value' && cursor.gap ? 'wants a space' : '',
      cursor.kind === 'key' && cursor.colon ? 'has a colon' : '',
    ].filter(Boolean)
    const path = 'path' in cursor ? cursor.path.join('.') : ''
    return [cursor.kind, path, JSON.stringify(written), ...more].filter(part => part !== '').join(' ')
  })
}

const cases: readonly (readonly [what: string, marked: string, ...expected: string[]])[] = [
  ['an empty file', '|', 'key ""'],
  ['a word at the top', 'name: shop\nenv|', 'key "env"'],
  ['a word before its colon', 'na|me: shop\n', 'key "name" has a colon'],
  ['right behind a colon', 'name:|', 'value name "" wants a space'],
  ['behind a colon and a space', 'name: |\nextends: x\n', 'value name ""'],
  ['in a plain value', 'name: sh|op # here\n', 'value name "shop"'],
  ['in a plain value of several words', 'name: one tw|o three\n', 'value name "one two three"'],
  ['behind a value', 'name: shop |\n'],
  ['behind a bracket', 'images: [a] |\n'],
  ['in single quotes', "name: 'sh|op'\n", 'value name "shop" \''],
  ['in double quotes that nobody closed', 'name: "sh|\nextends: x\n', 'value name "sh" "'],
  ['below a key', 'environments:\n  |', 'value environments "" below at 2'],
  ['below a key, with its list behind', 'environments:\n  |\n  - name: a\n', 'value environments "" below at 2'],
  ['behind a dash', 'environments:\n  - |', 'item environments.0 ""'],
  ['right behind a dash', 'environments:\n  -|', 'item environments.0 "" wants " "'],
  ['a word behind a dash', 'environments:\n  - name: a\n  - na|\n', 'item environments.1 "na"'],
  ['where the next item would begin', 'environments:\n  - name: a\n  |', 'item environments.1 "" wants "- "'],
  ['in the map of an item', 'environments:\n  - name: a\n    |\n    soak: 5m\n', 'key environments.0 ""'],
  ['below a key in an item', 'environments:\n  - name: a\n    smoke:\n      |', 'value environments.0.smoke "" below at 6'],
  ['at the indentation of nothing', 'environments:\n  - name: a\n     |'],
  ['below a value', 'environments:\n  - name: a\n    soak: 5m\n      |'],
  [
    'a list at the indentation of its key',
    'environments:\n- name: a\n  gates:\n  - b\n  |',
    'key environments.0 ""',
    'item environments.0.gates.1 "" wants "- "',
  ],
  ['a key whose list could begin here', 'environments:\n- name: a\n  gates:\n  |', 'key environments.0 ""', 'value environments.0.gates "" below at 2'],
  ['a key behind a list at its indentation', 'environments:\n- name: a\n  gates:\n  - b\n  soak: |\n', 'value environments.0.soak ""'],
  ['a list in a list', 'a:\n  - - x\n    - |', 'item a.0.1 ""'],
  ['a list of a gate with changes', 'environments:\n  - gates:\n      - latency:\n          |', 'value environments.0.gates.0.latency "" below at 10'],
  ['in braces', 'a: {b: c, |}', 'key a "" flow'],
  ['a key in braces', 'a: {b: c, d|e: f}', 'key a "de" flow has a colon'],
  ['a value in braces', 'a: {b: c|, d: e}', 'value a.b "c" flow'],
  ['a value that is not there yet', 'a: {b: |, d: e}', 'value a.b "" flow'],
  ['right behind a colon in braces', 'a: {b:|}', 'value a.b "" flow wants a space'],
  ['in brackets', 'a: [b, |, c]', 'item a.1 "" flow'],
  ['braces in brackets', 'a: [{b: c}, {d: [e, f|]}]', 'item a.1.d.1 "f" flow'],
  ['a pair in brackets', 'a: [b, c: |]', 'value a.1.c "" flow'],
  ['brackets over lines', 'a: [\n  b,\n  |\n]', 'item a.1 "" flow'],
  ['brackets that nobody closed, one key later', 'a: [b\nc: |', 'value c ""'],
  ['braces that nobody closed, one item later', 'a:\n  - {b: c\n  - d|', 'item a.1 "d"'],
  ['a quoted key in braces', 'a: {"b": |}', 'value a.b "" flow'],
  ['a variable in braces', 'a: {b: x/${y|}}', 'value a.b "x/${y" flow'],
  ['an url in braces', 'a: {b: https://c|/d, e: f}', 'value a.b "https://c/d" flow'],
  ['a comment', '# some|', 'comment "# some"'],
  ['a comment behind a value', 'name: a # some|', 'comment "# some"'],
  ['a comment in brackets', 'a: [b, # some|', 'comment "# some" flow'],
  ['a number sign in a word', 'name: a#b|', 'value name "a#b"'],
  ['in a block scalar', 'a:\n  b: ||\n    one\n    tw|\n  c: d\n', 'text a.b "    one\\n    tw"'],
  ['behind a block scalar', 'a:\n  b: ||\n    one\n  |', 'key a ""'],
  ['in a block scalar of an item', 'a:\n  - >-\n    on|', 'text a.0 "    on"'],
  ['behind an anchor', 'a: &x |', 'value a ""'],
  ['below an anchor', 'a: &x\n  |', 'value a "" below at 2'],
  ['in the second document', 'name: a\n---\nna|', 'key "na"'],
  ['with line ends of Windows', 'a:\r\n  - b: c\r\n    d: |\r\n', 'value a.0.d ""'],
  ['behind a tab', 'a:\n\tb|'],
]

for (const [what, marked, ...expected] of cases) test(what, () => assert.deepEqual(read(marked), expected))

test('knows what stands beside, before and behind the cursor', () => {
  const beside = (marked: string, ...path: (string | number)[]): readonly string[] => {
    const {text, offset} = cursorIn(marked)
    return presentAt(new Document('file:///w/progression.yaml', 1, text), offset, path).map(one => one.text)
  }
  assert.deepEqual(beside('a:\n  - b: 1\n    |\n    c: {d: 1}\n  - e: 1\n', 'a', 0), ['b', 'c'])
  assert.deepEqual(beside('a:\n  - b: 1\n    c|: 2\n', 'a', 0), ['b'])
  assert.deepEqual(beside('a: {b: [x, |, "y z"]}\n', 'a', 'b'), ['x', 'y z'])
  assert.deepEqual(beside('a:\n  - b:\n    - x\n    - |\n    - y # c\n', 'a', 0, 'b'), ['x', 'y'])
})

test('items are counted through entries that are read one by one', () => {
  const entries = Array.from({length: 40}, (_, index) => `  - name: e${index}\n    soak: 1m\n`).join('')
  assert.deepEqual(read(`environments:\n${entries}  - name: last\n    so|\n`), ['key environments.40 "so"'])
})
