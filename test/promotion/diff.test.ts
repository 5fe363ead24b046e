import assert from 'node:assert/strict'
import {test} from 'node:test'
import {unifiedDiff} from '../../server/promotion/diff.ts'

const lines = (...text: string[]) => `${text.join('\n')}\n`

test('equal texts have no diff', () => {
  assert.equal(unifiedDiff('a\nb\n', 'a\nb\n'), '')
})

test('a changed line stands between three lines of context', () => {
  const before = lines('1', '2', '3', '4', '5', '6', '7', '8', '9')
  assert.equal(unifiedDiff(before, before.replace('5', 'five')), ['@@ -2,7 +2,7 @@', ' 2', ' 3', ' 4', '-5', '+five', ' 6', ' 7', ' 8'].join('\n'))
})

test('changes far apart are two hunks, near ones are one', () => {
  const numbers = Array.from({length: 30}, (_, index) => `line ${index}`)
  const change = (...at: number[]) => lines(...numbers.map((line, index) => (at.includes(index) ? `${line}!` : line)))
  const hunks = (text: string) => text.split('\n').filter(line => line.startsWith('@@')).length
  assert.equal(hunks(unifiedDiff(lines(...numbers), change(2, 25))), 2)
  assert.equal(hunks(unifiedDiff(lines(...numbers), change(10, 14))), 1)
})

test('what is new is all added', () => {
  assert.equal(unifiedDiff('', lines('a', 'b')), '@@ -1,0 +1,2 @@\n+a\n+b')
})

test('the numbers of a hunk count what it shows', () => {
  assert.equal(unifiedDiff(lines('a', 'b', 'c'), lines('a', 'x', 'y', 'c')), '@@ -1,3 +1,4 @@\n a\n-b\n+x\n+y\n c')
})

test('the diff leads from one text to the other', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'a', 'b']
  const after = ['b', 'c', 'x', 'e', 'b', 'a']
  const diff = unifiedDiff(lines(...before), lines(...after))
    .split('\n')
    .slice(1)
  const side = (mark: string) => diff.filter(line => line.startsWith(' ') || line.startsWith(mark)).map(line => line.slice(1))
  assert.deepEqual(side('-'), before)
  assert.deepEqual(side('+'), after)
})
