import assert from 'node:assert/strict'
import {test} from 'node:test'
import {readHelmIgnore} from '../../server/render/helm-ignore.ts'

const ignores = (rules: string, path: string): boolean => {
  const read = readHelmIgnore(rules)
  assert.ok('ignore' in read, rules)
  return read.ignore(path.replace(/\/$/, ''), path.endsWith('/') ? 'folder' : 'file')
}

// What Helm's own table says (pkg/ignore/rules_test.go), and what Go's path matching adds.
const table: readonly [rules: string, path: string, ignored: boolean][] = [
  ['helm.txt', 'helm.txt', true],
  ['helm.*', 'rudder.txt', false],
  ['*.txt', 'cargo/a.txt', true],
  ['cargo/*.txt', 'cargo/a.txt', true],
  ['cargo/*.txt', 'mast/a.txt', false],
  ['ru[c-e]?er.txt', 'rudder.txt', true],
  ['[^a-c]x', 'bx', false],
  ['[^a-c]x', 'dx', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['a.c', 'abc', false],
  ['*', 'x/y', true],
  ['x/*', 'x/y/z', false],
  ['.*', '.joonix', true],
  ['.*', 'helm.txt', false],
  ['cargo/', 'cargo/', true],
  ['cargo/', 'cargo', false],
  ['!helm.txt', 'helm.txt', false],
  ['!helm.txt', 'tiller.txt', true],
  ['/a.txt', 'a.txt', true],
  ['/a.txt', 'cargo/a.txt', false],
  ['\uFEFFa.txt', 'a.txt', true],
  ['# a.txt\r\n\r\nb.txt\r\n', 'a.txt', false],
  ['', 'templates/.hidden', true],
  ['', 'templates/shown', false],
  ['', 'charts/x/templates/.hidden', false],
]

for (const [rules, path, ignored] of table) {
  test(`${JSON.stringify(rules)} ${ignored ? 'leaves out' : 'keeps'} ${path}`, () => assert.equal(ignores(rules, path), ignored))
}

test('refuses what Helm refuses', () => {
  assert.deepEqual(readHelmIgnore('a\n\nfoo/**/bar'), {message: 'double-star (**) syntax is not supported', line: 3})
  assert.deepEqual(readHelmIgnore('[z-'), {message: 'syntax error in pattern [z-', line: 1})
})
