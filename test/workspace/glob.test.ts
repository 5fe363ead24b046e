import assert from 'node:assert/strict'
import {test} from 'node:test'
import {globs} from '../../server/workspace/glob.ts'

const matches = (pattern: string, ...paths: readonly string[]): boolean[] => paths.map(globs([pattern]))

test('a name matches at any depth, with everything below it', () => {
  assert.deepEqual(matches('old', 'old', 'a/old', 'old/x.yaml', 'a/old/b/c', 'older', 'a/bold'), [true, true, true, true, false, false])
})

test('a path matches from the top', () => {
  assert.deepEqual(matches('a/b', 'a/b', 'a/b/c', 'x/a/b'), [true, true, false])
  assert.deepEqual(matches('/a/', 'a/x', 'b/a'), [true, true])
  assert.deepEqual(matches('./a/b', 'a/b'), [true])
})

test('stars, question marks and braces', () => {
  assert.deepEqual(matches('*.tmp', 'x.tmp', 'a/y.tmp', 'xtmp'), [true, true, false])
  assert.deepEqual(matches('a/*/c', 'a/b/c', 'a/c', 'a/b/b/c'), [true, false, false])
  assert.deepEqual(matches('**/c', 'c', 'a/c', 'a/b/c', 'a/bc'), [true, true, true, false])
  assert.deepEqual(matches('a/**', 'a/b', 'a/b/c', 'b/a'), [true, true, false])
  assert.deepEqual(matches('a?c', 'abc', 'ac', 'a/c'), [true, false, false])
  assert.deepEqual(matches('*.{yaml,yml}', 'a.yaml', 'b/c.yml', 'a.yamls'), [true, true, false])
})

test('what means something in an expression means itself here', () => {
  assert.deepEqual(matches('a+(b)[c].^$', 'a+(b)[c].^$', 'aab'), [true, false])
  assert.deepEqual(matches('a,b', 'a,b', 'a'), [true, false])
  assert.deepEqual(matches('{open', '{open', 'open'), [false, false])
})

test('no pattern matches nothing', () => {
  assert.deepEqual([globs([])('a'), globs(['', ' '])('a')], [false, false])
})
