import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Document} from '../../../server/document/document.ts'
import {SchemaTree} from '../../../server/model/schema-tree.ts'
import {deprecatedKeys} from '../../../server/sources/progression/deprecated-keys.ts'
import {progressionSchema} from '../../../server/sources/progression/schema.ts'

const tree = new SchemaTree({
  type: 'object',
  properties: {
    old: {type: 'string', deprecated: true, 'x-instead': 'young'},
    young: {type: 'string'},
    gone: {type: 'string', deprecated: true},
    list: {type: 'array', items: {type: 'object', properties: {old: {type: 'string', deprecated: true, 'x-instead': 'young'}}}},
  },
})

const found = (text: string): readonly (readonly [string, string, string | undefined])[] => {
  const document = new Document('file:///w/progression.yaml', 1, text)
  const root = document.sections[0]?.section.root
  assert.ok(root)
  return deprecatedKeys(root, tree).map(({at, message, suggestion}) => [document.textOf(at), message, suggestion])
}

test('a deprecated key is shown with what to write in its place', () => {
  assert.deepEqual(found('old: a\nyoung: b\n'), [['old', 'old still works and will go. Write young.', 'young']])
  assert.deepEqual(found('gone: a\n'), [['gone', 'gone still works and will go. Take it out.', undefined]])
})

test('at any depth', () => {
  assert.deepEqual(
    found('list:\n  - old: a\n  - young: b\n').map(([key]) => key),
    ['old'],
  )
})

test('the format has none, so that documents need not be walked', () => {
  assert.equal(progressionSchema.hasDeprecated, false)
  assert.equal(tree.hasDeprecated, true)
})
