import assert from 'node:assert/strict'
import {test} from 'node:test'
import {editBetween, moved} from '../../server/lsp/edit.ts'
import {Random} from '../document/random.ts'

test('finds the smallest edit between two texts', () => {
  assert.deepEqual(editBetween('abc', 'abc'), {start: 3, end: 3, length: 0})
  assert.deepEqual(editBetween('abc', 'abXc'), {start: 2, end: 2, length: 1})
  assert.deepEqual(editBetween('abc', 'c'), {start: 0, end: 2, length: 0})
  assert.deepEqual(editBetween('aaa', 'aaaa'), {start: 3, end: 3, length: 1})
  assert.deepEqual(editBetween('', 'x'), {start: 0, end: 0, length: 1})
})

test('an edit between two texts makes one of the other', () => {
  const random = new Random(3)
  const text = (): string => Array.from({length: random.below(12)}, () => random.of(['a', 'b', '\n'])).join('')
  for (let round = 0; round < 2000; round++) {
    const [before, after] = [text(), text()]
    const {start, end, length} = editBetween(before, after)
    assert.equal(before.slice(0, start) + after.slice(start, start + length) + before.slice(end), after)
  }
})

test('a stretch moves with what changes before it, and goes when it is changed itself', () => {
  const stretch = {start: 10, end: 15}
  assert.deepEqual(moved(stretch, {start: 0, end: 2, length: 5}), {start: 13, end: 18})
  assert.deepEqual(moved(stretch, {start: 0, end: 10, length: 0}), {start: 0, end: 5})
  assert.deepEqual(moved(stretch, {start: 20, end: 25, length: 0}), stretch)
  assert.deepEqual(moved(stretch, {start: 10, end: 10, length: 1}), {start: 11, end: 16}, 'typed right before it')
  assert.deepEqual(moved(stretch, {start: 15, end: 15, length: 1}), stretch, 'typed right behind it')
  for (const [start, end] of [
    [12, 12],
    [9, 11],
    [14, 16],
    [0, 20],
    [10, 15],
  ] as const)
    assert.equal(moved(stretch, {start, end, length: 1}), undefined, `${start} to ${end}`)
})
