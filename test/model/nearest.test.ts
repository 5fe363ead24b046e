import assert from 'node:assert/strict'
import {test} from 'node:test'
import {distance, nearest} from '../../server/model/nearest.ts'

test('counts letters added, left out, replaced and swapped', () => {
  assert.equal(distance('gate', 'gate'), 0)
  assert.equal(distance('gate', 'gates'), 1)
  assert.equal(distance('gates', 'gate'), 1)
  assert.equal(distance('gate', 'date'), 1)
  assert.equal(distance('gaet', 'gate'), 1)
  assert.equal(distance('', 'gate'), 4)
  assert.equal(distance('kitten', 'sitting'), 3)
})

test('stops counting above the limit', () => {
  assert.equal(distance('kitten', 'sitting', 2), 3)
  assert.equal(distance('a', 'a'.repeat(50), 2), 3)
})

test('is the same both ways', () => {
  const words = ['soak', 'smoke', 'scan', 'after', 'rollback', 'targets', '']
  for (const one of words) for (const other of words) assert.equal(distance(one, other), distance(other, one), `${one} and ${other}`)
})

test('proposes the nearest word, whatever its compounds look like', () => {
  const known = ['onNoData', 'environments', 'min', 'max', 'name', 'soak', 'wave', 'waves']
  const cases = {
    enviroments: 'environments',
    environment: 'environments',
    'on-no-data': 'onNoData',
    on_no_data: 'onNoData',
    ONNODATA: 'onNoData',
    naem: 'name',
    wave: 'wave',
    waev: 'wave',
    mix: 'min',
  }
  for (const [written, meant] of Object.entries(cases)) assert.equal(nearest(written, known), meant, written)
})

test('proposes the only word that begins like this', () => {
  assert.equal(nearest('warn', ['off', 'info', 'warning']), 'warning')
  assert.equal(nearest('env', ['environments', 'engine']), 'environments')
  assert.equal(nearest('en', ['environments', 'engine']), undefined)
  assert.equal(nearest('e', ['environments']), undefined)
})

test('proposes nothing where nothing is near', () => {
  assert.equal(nearest('replicas', ['name', 'cluster', 'soak']), undefined)
  assert.equal(nearest('mn', ['ax']), undefined)
  assert.equal(nearest('', ['soak']), undefined)
  assert.equal(nearest('x'.repeat(100_000), ['soak']), undefined)
  assert.equal(nearest('soak', []), undefined)
})
