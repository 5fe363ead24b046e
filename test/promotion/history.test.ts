import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {Phase} from '../../server/model/promotion.ts'
import {defaultTarget, leaving, trim, withdraw} from '../../server/promotion/history.ts'
import {nextRevision} from '../../server/promotion/prepare.ts'
import {chooseRevision} from '../../server/promotion/rollback-target.ts'
import type {Revision, TargetState} from '../../server/promotion/state.ts'

const entry = (revision: number, rest: Partial<Revision> = {}): Revision => ({
  revision,
  release: `r${revision}`,
  verified: true,
  createdAt: '',
  by: 'alice',
  content: `content ${revision}`,
  secrets: [],
  ...rest,
})
const adopted = entry(0, {release: 'adopted', verified: false})

function state(revisions: readonly Revision[], rest: Partial<TargetState> & {phase?: Phase} = {}): TargetState {
  const serving = revisions[0]?.revision ?? 0
  return {
    version: 1,
    progression: 'shop',
    environment: 'dev',
    target: 'dev',
    namespace: 'dev',
    phase: 'verified',
    serving,
    safe: serving,
    revisions,
    fence: 0,
    journal: [],
    since: '',
    by: '',
    message: '',
    salt: '',
    leftovers: [],
    writing: '',
    ...rest,
  }
}

test('a rollback goes to the verified revision before, and over what failed', () => {
  assert.equal(defaultTarget(state([entry(2), entry(1), adopted]))?.revision, 1)
  assert.equal(defaultTarget(state([entry(3), entry(2, {verified: false}), entry(1), adopted]))?.revision, 1)
  assert.equal(defaultTarget(state([entry(1), adopted]))?.revision, 0)
})

test('from an unverified release it goes to the safe one below', () => {
  assert.equal(defaultTarget(state([entry(2, {verified: false}), entry(1), adopted], {phase: 'smoke', safe: 1}))?.revision, 1)
})

test('after a rollback the next one goes further back, not to the same again', () => {
  const back = entry(3, {release: 'r1', content: 'content 1', restores: 1})
  assert.equal(defaultTarget(state([back, entry(2, {verified: false}), entry(1), adopted], {phase: 'rolledBack'}))?.revision, 0)
})

test('a rollback that was begun goes on to where it was going', () => {
  const begun = entry(3, {release: 'r1', content: 'content 1', restores: 1, verified: false})
  const interrupted = state([begun, entry(2), entry(1), adopted], {phase: 'rollingBack', safe: 2})
  assert.equal(defaultTarget(interrupted)?.revision, 1)
  assert.equal(leaving(interrupted)?.revision, 2)
  assert.equal(leaving(state([entry(2), entry(1)]))?.revision, 2)
})

test('a revision is chosen by number or release, and only a verified one', () => {
  const history = state([entry(3), entry(2, {verified: false}), entry(1), adopted])
  assert.deepEqual(chooseRevision(history, '1'), entry(1))
  assert.deepEqual(chooseRevision(history, 'r1'), entry(1))
  assert.deepEqual(chooseRevision(history, 'adopted'), adopted)
  assert.equal(chooseRevision(history, 'r2'), 'dev has no verified revision r2. It can go back to: r3 (revision 3), r1 (revision 1), adopted (revision 0).')
  assert.match(String(chooseRevision(state([entry(1)]), undefined)), /there is nothing to go back to/)
})

test('what was rolled back is verified no longer, the same content under another number excepted', () => {
  const after = withdraw([entry(2), entry(1, {release: 'r2', content: 'old'}), adopted], 'r2', 'old')
  assert.deepEqual(
    after.map(({verified}) => verified),
    [false, true, false],
  )
})

test('history keeps ten revisions, what is safe and what is before it', () => {
  const failures = Array.from({length: 15}, (_, index) => entry(17 - index, {verified: false}))
  const {revisions} = trim(state([...failures, entry(2), entry(1), adopted], {serving: 17, safe: 2}))
  assert.deepEqual(
    revisions.map(({revision}) => revision),
    [17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 2, 1],
  )
})

test('secrets that only forgotten revisions used are left over', () => {
  const many = Array.from({length: 13}, (_, index) => entry(13 - index, {secrets: index > 9 ? ['old', 'shared'] : ['shared']}))
  assert.deepEqual(trim(state(many)).leftovers, [{apiVersion: 'v1', kind: 'Secret', name: 'old', namespace: 'dev'}])
})

test('numbers are never used twice', () => {
  assert.equal(nextRevision(undefined), 1)
  assert.equal(nextRevision(state([entry(3), entry(7), adopted])), 8)
})
