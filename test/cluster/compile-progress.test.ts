import assert from 'node:assert/strict'
import {test} from 'node:test'
import {CompileProgress} from './compile-progress.ts'

const checksums = 'example/a v1.0.0 h1:x=\nexample/a v1.0.0/go.mod h1:y=\nexample/b v1.0.0 h1:z=\n'
const packages = [
  {path: 'example/small', stale: true, files: []},
  {path: 'example/large', stale: true, files: [import.meta.filename]},
  {path: 'example/cached', stale: false, files: []},
]

test('goes from nothing to everything, never back, and says what happens', async () => {
  const said: [number, number, string][] = []
  const progress = new CompileProgress((...report) => said.push(report), checksums)
  progress.downloading('go: downloading example/a v1.0.0')
  progress.downloading('go: found example/a')
  await progress.expect(packages)
  progress.compiling('example/small')
  progress.compiling('example/small')
  progress.compiling('# example/large')
  progress.compiling('example/large')
  progress.finish()
  assert.deepEqual(
    said.map(([, , what]) => what),
    [
      'Looking what has to be compiled',
      'Downloading example/a v1.0.0',
      'Compiling 2 packages',
      'Compiling example/small (1 of 2 packages)',
      'Compiling example/large (2 of 2 packages)',
      'Compiled',
    ],
  )
  const fractions = said.map(([done, total]) => done / total)
  assert.deepEqual(
    fractions,
    fractions.toSorted((a, b) => a - b),
  )
  assert.equal(fractions[0], 0)
  assert.equal(fractions[1], 0.03)
  assert.equal(fractions.at(-1), 1)
})

test('with everything in the cache it is soon done', async () => {
  const said: number[] = []
  const progress = new CompileProgress((done, total) => said.push(done / total), checksums)
  await progress.expect([])
  progress.finish()
  assert.equal(said.at(-1), 1)
})
