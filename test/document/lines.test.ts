import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Lines} from '../../server/document/lines.ts'
import {Random} from './random.ts'

const starts = (lines: Lines): number[] => Array.from({length: lines.count}, (_, line) => lines.start(line))

test('every line end of the protocol ends a line', () => {
  assert.deepEqual(starts(new Lines('a\nb\r\nc\rd\r\r\n\n')), [0, 2, 5, 7, 9, 11, 12])
  assert.deepEqual(starts(new Lines('')), [0])
})

test('positions and offsets belong together, and what lies beyond is brought back', () => {
  const lines = new Lines('ab\ncd\r\ne')
  for (const offset of [0, 1, 2, 3, 5, 7, 8]) assert.equal(lines.offset(lines.position(offset)), offset)
  assert.deepEqual(lines.position(4), {line: 1, character: 1})
  assert.equal(lines.offset({line: 1, character: 99}), 7)
  assert.equal(lines.offset({line: 99, character: 0}), 8)
  assert.equal(lines.offset({line: -1, character: 5}), 0)
})

test('lines after edits are those of the text, wherever a line end is torn apart or put together', () => {
  const random = new Random(11)
  for (let round = 0; round < 300; round++) {
    let text = ''
    let lines = new Lines(text)
    for (let step = 0; step < 40; step++) {
      const start = random.below(text.length + 1)
      const end = Math.min(text.length, start + random.below(3))
      const inserted = Array.from({length: random.below(3)}, () => random.of(['\r', '\n', '\r\n', 'a'])).join('')
      const next = text.slice(0, start) + inserted + text.slice(end)
      lines = lines.edit(next, start, end)
      assert.deepEqual(starts(lines), starts(new Lines(next)), JSON.stringify({text, start, end, inserted}))
      text = next
    }
  }
})
