import assert from 'node:assert/strict'
import {test} from 'node:test'
import {run} from './run.ts'

const shop = `apiVersion: progression.dev/v1
name: shop
defaults: {smoke: {job: smoke.yaml, timeout: 60s}}
environments:
  - name: staging
  - name: production
    approval: {required: 2}
`
const files = {'progression.yaml': shop, 'smoke.yaml': 'kind: Job\n'}

test('ten lines a progression, each with its place', async () => {
  const {code, out} = await run(['checklist'], files)
  assert.equal(code, 0)
  const [head, ...lines] = out.trimEnd().split('\n')
  assert.equal(head, 'shop: 3 of 10')
  assert.equal(lines.length, 10)
  assert.ok(
    lines.some(line => /^ {2}✓ Smoke tests +A smoke test runs after the rollout in staging and production\. {2}progression\.yaml:3:12$/.test(line)),
    out,
  )
  assert.ok(
    lines.some(line => /^ {2}✗ Rollback automation +A failed release is not rolled back by itself in production\. {2}progression\.yaml:6:11$/.test(line)),
    out,
  )
})

test('as JSON', async () => {
  const {out} = await run(['checklist', '--format', 'json'], files)
  const {version, progressions} = JSON.parse(out)
  assert.equal(version, 1)
  assert.equal(progressions[0].name, 'shop')
  assert.equal(progressions[0].items.length, 10)
  assert.deepEqual(
    progressions[0].items.find(({id}: {id: string}) => id === 'approvals'),
    {
      id: 'approvals',
      title: 'Approvals',
      state: 'done',
      message: 'Somebody approves what is changed in production.',
      path: 'progression.yaml',
      line: 7,
      column: 15,
    },
  )
})

test('an item shows its place in the base it comes from', async () => {
  const {out} = await run(['checklist', '--format', 'json'], {
    'progression.yaml': shop.replace('defaults: {smoke: {job: smoke.yaml, timeout: 60s}}', 'extends: base.yaml'),
    'base.yaml': 'defaults: {smoke: {job: smoke.yaml}}\n',
    'smoke.yaml': 'kind: Job\n',
  })
  const smoke = JSON.parse(out).progressions[0].items.find(({id}: {id: string}) => id === 'smoke-tests')
  assert.deepEqual([smoke.state, smoke.path, smoke.line], ['done', 'base.yaml', 1])
})

test('a folder without a progression exits 2', async () => {
  const {code, error} = await run(['checklist'], {})
  assert.equal(code, 2)
  assert.match(error, /No progression\.yaml/)
})

test('the reports of a check carry it too', async () => {
  const json = JSON.parse((await run(['check', '--format', 'json'], files)).out)
  assert.equal(json.checklists[0].items.length, 10)
  const sarif = JSON.parse((await run(['check', '--format', 'sarif'], files)).out)
  assert.deepEqual(
    sarif.runs[0].properties.checklists[0].items.map(({id}: {id: string}) => id),
    json.checklists[0].items.map(({id}: {id: string}) => id),
  )
})

test('a check tells what is wrong in a base, once for all who extend it', async () => {
  const {out} = await run(['check', '--format', 'json'], {
    'a.progression.yaml': shop.replace(/defaults.*\n/, 'extends: base.yaml\n'),
    'b.progression.yaml': shop.replace(/defaults.*\n/, 'extends: base.yaml\n'),
    'base.yaml': 'defaults: {smoke: {job: smoke.yaml}}\n',
    'smoke.yaml': 'kind: Job\n',
  })
  const found = JSON.parse(out).findings.filter(({code}: {code: string}) => code === 'smoke/no-timeout')
  assert.deepEqual(
    found.map(({path, line, column}: {path: string; line: number; column: number}) => [path, line, column]),
    [['base.yaml', 1, 12]],
  )
})
