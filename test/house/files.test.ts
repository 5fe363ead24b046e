import assert from 'node:assert/strict'
import {basename} from 'node:path'
import {test} from 'node:test'
import {files, product, read, typescript} from './repository.ts'

const sources = files.filter(file => /\.(ts|mts|mjs|js|go)$/.test(file))
const lines = (file: string): number => read(file).split('\n').length - 1

test('no source file is longer than 400 lines', () => {
  assert.deepEqual(
    sources.filter(file => lines(file) > 400).map(file => `${file}: ${lines(file)} lines`),
    [],
  )
})

test('half of what is shipped has 70 lines or fewer', () => {
  const sorted = product.map(lines).sort((one, other) => one - other)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  assert.ok(median <= 70, `the median of ${sorted.length} files is ${median} lines`)
})

test('names of files are words joined by hyphens', () => {
  const wrong = sources.filter(file => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(file.endsWith('.go') ? basename(file).replaceAll('_', '-') : basename(file)))
  assert.deepEqual(wrong, [])
})

test('what a build makes is not kept', () => {
  const built = files.filter(file => /(^|\/)(dist|out|node_modules|generated)\/|\.(wasm|vsix|node|tsbuildinfo)$/.test(file))
  assert.deepEqual(built, [])
})

test('tests mirror the folders of the server', () => {
  const folders = new Set(product.map(file => file.split('/')[1]?.replace(/\.ts$/, '')))
  // `test/scripts` is that of `scripts/`, so the tests of `server/scripts` have a folder of another name.
  const own = new Set(['house', 'demo', 'vscode', 'corpus', 'bench', 'client', 'scripts', 'scripts-read', 'examples'])
  const wrong = typescript
    .filter(file => file.startsWith('test/') && file.endsWith('.test.ts'))
    .filter(file => {
      const folder = file.split('/')[1] ?? ''
      return !folder.endsWith('.test.ts') && !folders.has(folder) && !own.has(folder)
    })
  assert.deepEqual(wrong, [])
})
