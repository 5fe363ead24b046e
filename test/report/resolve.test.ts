import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Document} from '../../server/document/document.ts'
import type {Finding} from '../../server/model/finding.ts'
import type {Place} from '../../server/model/place.ts'
import {pathFrom, resolve} from '../../server/report/resolve.ts'

const one = new Document('file:///desk/a%20b/progression.yaml', 1, '\uFEFFname: shop\r\nenvironments:\r\n  - name: dev\r\n')
const two = new Document('file:///desk/z/progression.yaml', 1, 'name: desk\nenvironments: []\n')
const documents = new Map([one, two].map(document => [document.uri, document]))

function placeOf(document: Document, word: string): Place {
  const start = document.text.indexOf(word)
  const place = document.placeAt(start, start + word.length)
  assert.ok(place)
  return place
}

const finding = (at: Place, more: Partial<Finding> = {}): Finding => ({code: 'a/b', level: 'hint', at, message: 'wrong', related: [], ...more})
const resolved = (findings: readonly Finding[], suppressed: Parameters<typeof resolve>[0]['checked']['suppressed'] = [], more = {}) =>
  resolve({checked: {findings, suppressed}, progressions: [], documents, root: 'file:///desk', ...more})

test('lines and columns count from 1, paths from the root', () => {
  const result = resolved([finding(placeOf(one, 'dev'), {related: [{at: placeOf(two, 'desk'), message: 'there'}]})])
  const [first] = result.findings
  assert.deepEqual([first?.path, first?.line, first?.column, first?.endLine, first?.endColumn], ['a b/progression.yaml', 3, 11, 3, 14])
  assert.deepEqual(first?.related, [{uri: two.uri, path: 'z/progression.yaml', line: 1, column: 7, endLine: 1, endColumn: 11, message: 'there'}])
  assert.equal(result.line(one.uri, 3), '  - name: dev')
  assert.equal(result.line('file:///elsewhere', 1), undefined)
})

test('what comments silence stands where it belongs, marked', () => {
  const result = resolved([finding(placeOf(two, 'desk')), finding(placeOf(one, 'dev'))], [{finding: finding(placeOf(one, 'shop')), reason: 'known'}])
  assert.deepEqual(
    result.findings.map(({path, line, suppressed}) => [path, line, suppressed?.reason]),
    [
      ['a b/progression.yaml', 1, 'known'],
      ['a b/progression.yaml', 3, undefined],
      ['z/progression.yaml', 1, undefined],
    ],
  )
})

test('what stands in no document is left out', () => {
  const nowhere: Place = {document: 'file:///desk/gone.yaml', block: 1, start: 0, end: 1}
  const gone: Place = {...placeOf(one, 'dev'), block: 999}
  assert.deepEqual(resolved([finding(nowhere), finding(gone)]).findings, [])
  assert.deepEqual(resolved([finding(placeOf(one, 'dev'), {related: [{at: gone, message: 'gone'}]})]).findings[0]?.related, [])
})

test('edits of a fix are lines and columns too; a fix that no longer fits is left out', () => {
  const fixable = finding(placeOf(one, 'dev'), {fix: {id: 'replace-word', title: 'Change to test', arguments: {word: 'test'}}})
  const start = one.text.indexOf('dev')
  const [first] = resolved([fixable], [], {editsOf: () => [{document: one.uri, start, end: start + 3, text: 'test'}]}).findings
  assert.equal(first?.fix?.title, 'Change to test')
  assert.deepEqual(
    first?.fix?.edits.map(({line, column, endColumn, text}) => [line, column, endColumn, text]),
    [[3, 11, 14, 'test']],
  )
  assert.equal(resolved([fixable], [], {editsOf: () => undefined}).findings[0]?.fix, undefined)
})

test('a path outside the root goes up', () => {
  assert.equal(pathFrom('file:///desk/shop', 'file:///desk/desk/progression.yaml'), '../desk/progression.yaml')
})
