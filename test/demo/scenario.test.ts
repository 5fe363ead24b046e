import assert from 'node:assert/strict'
import {test} from 'node:test'
import {chapters, rollbackSecondsIn, table} from '../../scripts/demo/scenario.ts'
import {palette} from '../../scripts/progress.mjs'

test('two releases, and only the second one fails, where customers are', () => {
  assert.deepEqual(
    chapters.map(({release, environment, ends}) => `${release} ${environment} ${ends}`),
    ['1 dev verified', '1 staging verified', '1 production verified', '2 dev verified', '2 staging verified', '2 production rolled back'],
  )
})

test('reads how long a rollback took, and takes nothing else for it', () => {
  assert.equal(rollbackSecondsIn('production was rolled back in 1.8 s, from the verdict to the last bad pod out of service.\n'), 1.8)
  assert.equal(rollbackSecondsIn('production was rolled back in 12 s.'), 12)
  assert.equal(rollbackSecondsIn('a failing rollout or smoke rolls back\nverified in 3.2 s'), undefined)
})

test('each promotion and the rollback stand in the table with their seconds', () => {
  const [, , , , , last] = chapters
  const told = [
    ...chapters.slice(0, 5).map((chapter, index) => ({...chapter, seconds: index + 1.25})),
    ...(last ? [{...last, seconds: 14.6, rollbackSeconds: 1.8}] : []),
  ]
  assert.deepEqual(table(told, palette(false)), [
    'release 1  dev         verified       1.3 s',
    'release 1  staging     verified       2.3 s',
    'release 1  production  verified       3.3 s',
    'release 2  dev         verified       4.3 s',
    'release 2  staging     verified       5.3 s',
    'release 2  production  rolled back     15 s  the rollback 1.8 s of it, 60 s were promised',
  ])
})
