import assert from 'node:assert/strict'
import {test} from 'node:test'
import {wrap} from '../../scripts/demo/story.ts'

test('a line that fits stays whole', () => {
  assert.deepEqual(wrap('one two', 7, 3), ['one two'])
  assert.deepEqual(wrap('one two', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY), ['one two'])
})

test('a longer one breaks between words, and within one that is too long', () => {
  assert.deepEqual(wrap('one two three', 8, 6), ['one two', 'three'])
  assert.deepEqual(wrap('  abcdefghij', 6, 4), ['  abcd', 'efgh', 'ij'])
})
