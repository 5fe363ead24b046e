import assert from 'node:assert/strict'
import {join} from 'node:path'
import {test} from 'node:test'
import {reaches, testFiles} from '../../scripts/test/files.ts'

const root = join(import.meta.dirname, '..', '..')

test('words choose the files whose path holds one of them', () => {
  assert.ok(testFiles(root, []).includes('test/scripts/files.test.ts'))
  assert.deepEqual(testFiles(root, ['scripts/files', './test/scripts/tally']), ['test/scripts/files.test.ts', 'test/scripts/tally.test.ts'])
  assert.deepEqual(testFiles(root, ['no such file']), [])
})

test('knows what a file imports through others, and that it does not import the rest', () => {
  assert.equal(reaches(root, 'scripts/demo/main.ts', 'test/cluster/build.ts'), true)
  assert.equal(reaches(root, 'scripts/test/tally.ts', 'test/cluster/build.ts'), false)
})
