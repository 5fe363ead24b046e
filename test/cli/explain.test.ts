import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'
import {rules} from '../../server/rules/index.ts'
import {run} from './run.ts'

test('--explain prints the page of a rule and checks nothing', async () => {
  const page = readFileSync(new URL('../../docs/rules/rollback/missing.md', import.meta.url), 'utf8')
  const {code, out, error} = await run(['check', '--explain', 'rollback/missing'], {'progression.yaml': 'name: [\n'})
  assert.deepEqual([code, out, error], [0, page, ''])
})

test('every rule has a page to print', async () => {
  for (const [code, {title}] of Object.entries(rules)) assert.match((await run(['check', '--explain', code], {})).out, new RegExp(`^# ${code}\n\n${title}\\.`))
})

test('a code that is none exits 2 and proposes the nearest', async () => {
  const {code, error} = await run(['check', '--explain', 'rollback/mising'], {})
  assert.equal(code, 2)
  assert.match(error, /There is no rule rollback\/mising\. Did you mean rollback\/missing\?/)
})
