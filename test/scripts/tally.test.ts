import assert from 'node:assert/strict'
import {test} from 'node:test'
import {failed, inWords, passed, skipped, sum} from '../../scripts/test/tally.ts'

test('the last line speaks of skipped ones only where there are any', () => {
  assert.equal(inWords(sum([passed, passed, failed('one', 'why')])), '2 passed, 1 failed')
  assert.equal(inWords(sum([passed, skipped('one', 'no Go')])), '1 passed, 0 failed, 1 skipped')
})
