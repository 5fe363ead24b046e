import assert from 'node:assert/strict'
import {test} from 'node:test'
import {fileURLToPath} from 'node:url'
import {fileUri} from '../../server/document/uri.ts'
import {Folder} from '../lsp/folder.ts'
import {check} from '../rules/check.ts'
import {percentile} from './statistics.ts'
import {table, withinBudget} from './table.ts'
import {lineToEdit, progressionOf, progressionsOf} from './texts.ts'
import {type} from './typing.ts'

test('percentiles are values that were measured', () => {
  const samples = [5, 1, 4, 2, 3]
  assert.deepEqual(
    [0, 0.5, 0.8, 0.95, 1].map(share => percentile(samples, share)),
    [1, 3, 4, 5, 5],
  )
  assert.ok(Number.isNaN(percentile([], 0.5)))
})

test('a text that is measured has the length it should, and nothing wrong with it', async () => {
  for (const lines of [50, 200, 2000]) {
    const text = progressionOf(lines)
    assert.ok(Math.abs(text.split('\n').length - lines) < 10, `${text.split('\n').length} lines instead of ${lines}`)
    const {checked, log} = await check({'progression.yaml': text}, undefined)
    assert.deepEqual(
      checked.findings.filter(({level}) => level === 'error').map(({message}) => message),
      [],
    )
    assert.deepEqual(log, [])
  }
  const large = progressionsOf(300_000)
  assert.ok(large.length <= 300_000 && large.length > 200_000)
  assert.ok(large.includes('\n---\n'))
})

test('types where a word ends', () => {
  const text = progressionOf(200)
  const {line, character} = lineToEdit(text)
  assert.match(text.split('\n')[line]?.slice(0, character) ?? '', /: [\w.-]+$/)
  assert.ok(Math.abs(line - 100) < 20)
})

test('the table shows figures, budgets, the peer and how many times faster', () => {
  const figures = [
    {what: 'key stroke', ours: 5, budget: 15, peer: 250, debounce: 200, unit: 'ms'},
    {what: 'memory', ours: 120, budget: 110, unit: 'MB'},
  ] as const
  const lines = table(figures, 'peer').split('\n')
  assert.match(lines[1] ?? '', /^key stroke +5\.0 ms +15 ms +ok +250 ms +50\.0 × +10\.0 ×$/)
  assert.match(lines[2] ?? '', /^memory +120 MB +110 MB +OVER$/)
  assert.deepEqual(figures.map(withinBudget), [true, false])
})

test('a session of typing gives every figure', async () => {
  await using folder = await Folder.with()
  const command = [process.execPath, fileURLToPath(new URL('../../server/main.ts', import.meta.url)), '--stdio']
  const text = progressionOf(60)
  const uri = folder.uri('progression.yaml')
  const typed = await type({command, languageId: 'progression', folder: fileUri(folder.path), uri, text, strokes: 3, warmUp: 1})
  const {memory, ...times} = typed
  for (const [name, value] of Object.entries(times)) assert.ok(value > 0, name)
  if (process.platform === 'linux') assert.ok(memory !== undefined && memory > 10)
})
