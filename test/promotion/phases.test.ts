import assert from 'node:assert/strict'
import {test} from 'node:test'
import {phases as names, type Phase} from '../../server/model/promotion.ts'
import {isUnderWay, next, type PhaseEvent, phases} from '../../server/promotion/phases.ts'

const events = (phase: Phase) => Object.keys(phases[phase]) as PhaseEvent[]

test('every phase of the model is in the table, and nothing else', () => {
  assert.deepEqual(Object.keys(phases).sort(), [...names].sort())
})

test('whatever happens, a person can roll back', () => {
  for (const phase of names) assert.equal(next(phase, 'rollback'), 'rollingBack', phase)
})

test('from every phase but a rollback under way a promotion can begin', () => {
  for (const phase of names) assert.equal(next(phase, 'started'), phase === 'rollingBack' ? undefined : 'applying', phase)
})

test('verified is reached by passing, or by nothing to do on something verified', () => {
  const ways = names.flatMap(phase => events(phase).flatMap(event => (next(phase, event) === 'verified' ? [`${phase} ${event}`] : [])))
  assert.deepEqual(ways, ['planned unchanged', 'smoke passed', 'verified unchanged', 'rolledBack unchanged'])
})

test('what nobody could judge never rolls back and never verifies', () => {
  for (const phase of names) {
    const after = next(phase, 'inconclusive')
    assert.ok(after === undefined || after === 'blocked' || after === 'mixed', `${phase}: ${after}`)
  }
})

test('a stop changes no more than what is true', () => {
  assert.equal(next('applying', 'stopped'), 'mixed')
  for (const phase of ['rollingOut', 'smoke', 'rollingBack'] as const) assert.equal(next(phase, 'stopped'), phase)
})

test('every phase can be reached from the first one', () => {
  const reached = new Set<Phase>(['planned'])
  for (const phase of reached) for (const event of events(phase)) reached.add(next(phase, event) as Phase)
  assert.deepEqual([...reached].sort(), [...names].sort())
})

test('somebody may be at work in four phases', () => {
  assert.deepEqual(names.filter(isUnderWay), ['applying', 'rollingOut', 'smoke', 'rollingBack'])
})
