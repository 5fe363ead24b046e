import assert from 'node:assert/strict'
import {test} from 'node:test'
import {setImmediate as turn} from 'node:timers/promises'
import {Changes} from '../../server/lsp/diagnostics/changes.ts'
import {Coalesced} from '../../server/lsp/diagnostics/coalesced.ts'

test('many wishes of one turn are one', async () => {
  let runs = 0
  const work = new Coalesced(async () => {
    runs++
  })
  for (let wish = 0; wish < 5; wish++) work.wish()
  assert.equal(runs, 0)
  await turn()
  await turn()
  assert.equal(runs, 1)
  work.wish()
  await turn()
  assert.equal(runs, 2)
})

test('wishes that come while it runs are one more run, behind it', async () => {
  const ends: (() => void)[] = []
  const work = new Coalesced(() => new Promise(resolve => ends.push(resolve)))
  work.wish()
  await turn()
  assert.equal(ends.length, 1)
  work.wish()
  work.wish()
  await turn()
  assert.equal(ends.length, 1)
  ends[0]?.()
  await turn()
  await turn()
  assert.equal(ends.length, 2)
  ends[1]?.()
  await turn()
  await turn()
  assert.equal(ends.length, 2)
})

test('whoever waits for a change wakes at the next one', async () => {
  const changes = new Changes()
  const {signal} = new AbortController()
  const {generation} = changes
  const waits = [changes.after(generation, signal), changes.after(generation, signal)]
  changes.tell()
  await Promise.all(waits)
})

test('a change that came before the waiting is not missed', async () => {
  const changes = new Changes()
  const {generation} = changes
  changes.tell()
  await changes.after(generation, new AbortController().signal)
})

test('waiting ends with the signal', async () => {
  const changes = new Changes()
  const stop = new AbortController()
  const wait = changes.after(changes.generation, stop.signal)
  stop.abort()
  await assert.rejects(wait, {name: 'AbortError'})
  await assert.rejects(changes.after(changes.generation, stop.signal), {name: 'AbortError'})
})
