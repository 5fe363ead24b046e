import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {FoldingRange, SelectionRange} from 'vscode-languageserver-protocol'
import {foldingRanges} from '../../server/features/folding-ranges.ts'
import {selectionRanges} from '../../server/features/selection-ranges.ts'
import {desk} from './desk.ts'

/** Lines counted from 1. */
async function folds(text: string): Promise<readonly string[]> {
  const found = (await (await desk(text)).ask(foldingRanges)) as readonly FoldingRange[]
  return found.map(({startLine, endLine, kind}) => `${startLine + 1}-${endLine + 1}${kind ? ` ${kind}` : ''}`)
}

test('folds keys, entries and block scalars', async () => {
  assert.deepEqual(
    await folds(`
      name: shop
      gates:
        error-rate:
          query: ||
            sum(a)
              / sum(b)
          max: 1

      environments:
        - name: dev
          smoke:
            timeout: 5s
        - name: production
    `),
    ['2-7', '3-7', '4-6', '9-13', '10-12', '11-12'],
  )
})

test('folds lists at the indentation of their key, brackets over lines and what is half-typed', async () => {
  assert.deepEqual(await folds('environments:\n- name: dev\n  soak: 1m\n- name: b\nimages: [\n  a,\n  b\n]\nro'), ['1-4', '2-3', '5-7'])
})

test('folds comments, regions and the documents of a file', async () => {
  assert.deepEqual(await folds('# one\n# two\nname: a\n# region x\nsoak: 1m\n# endregion\n---\nname: b\nlanes: {}\n---\nname: c\n'), [
    '1-2 comment',
    '4-6 region',
    '7-9',
    '10-11',
  ])
  assert.deepEqual(await folds('# alone\nname: a\n'), [])
})

/** Texts from the innermost to the outermost. */
async function selections(marked: string): Promise<readonly string[]> {
  const {ask, document, position} = await desk(marked)
  const [first] = (await ask(selectionRanges, {positions: [position]})) as readonly SelectionRange[]
  const found: string[] = []
  for (let one: SelectionRange | undefined = first; one; one = one.parent)
    found.push(document.text.slice(document.lines.offset(one.range.start), document.lines.offset(one.range.end)))
  return found
}

test('selects outwards through braces', async () => {
  assert.deepEqual(await selections("environments:\n  - {name: dev, smoke: {service: 'web:ht|tp', timeout: 5s}}\n  - name: b\n"), [
    'http',
    'web:http',
    "'web:http'",
    "service: 'web:http'",
    "{service: 'web:http', timeout: 5s}",
    "smoke: {service: 'web:http', timeout: 5s}",
    "{name: dev, smoke: {service: 'web:http', timeout: 5s}}",
    "{name: dev, smoke: {service: 'web:http', timeout: 5s}}\n  - name: b",
    "environments:\n  - {name: dev, smoke: {service: 'web:http', timeout: 5s}}\n  - name: b",
  ])
})

test('selects outwards through blocks and documents', async () => {
  assert.deepEqual(await selections('name: a\n---\nname: b\nenvironments:\n  - name: dev\n    soak: 30|m\n'), [
    '30m',
    'soak: 30m',
    'name: dev\n    soak: 30m',
    'environments:\n  - name: dev\n    soak: 30m',
    'name: b\nenvironments:\n  - name: dev\n    soak: 30m',
    '---\nname: b\nenvironments:\n  - name: dev\n    soak: 30m',
    'name: a\n---\nname: b\nenvironments:\n  - name: dev\n    soak: 30m',
  ])
})

test('each selection is inside the next', async () => {
  const {ask, document} = await desk('a: {b: [c, {d: e}]}\nf:\n  - g: |\n      h\n  -\n')
  for (let offset = 0; offset <= document.text.length; offset++) {
    const [first] = (await ask(selectionRanges, {positions: [document.lines.position(offset)]})) as readonly SelectionRange[]
    for (let one = first; one?.parent; one = one.parent) {
      const [inner, outer] = [one.range, one.parent.range].map(({start, end}) => [document.lines.offset(start), document.lines.offset(end)])
      assert.ok(inner && outer && (outer[0] ?? 0) <= (inner[0] ?? 0) && (inner[1] ?? 0) <= (outer[1] ?? 0))
      assert.notDeepEqual(inner, outer)
    }
  }
})
