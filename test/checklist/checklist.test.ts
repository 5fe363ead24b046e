import assert from 'node:assert/strict'
import {test} from 'node:test'
import {checklist} from '../../server/checklist/checklist.ts'
import type {Item} from '../../server/checklist/item.ts'
import {Document} from '../../server/document/document.ts'
import {readSection} from '../../server/sources/progression/source.ts'

const uri = 'file:///workspace/progression.yaml'

function items(text: string): {readonly items: ReadonlyMap<string, Item>; shown(id: string): string} {
  const document = new Document(uri, 1, `apiVersion: progression.dev/v1\n${text}`)
  const section = document.sections[0]?.section
  const reading = section && readSection(document, section, 0, () => ({state: 'missing'}), {})
  assert.ok(reading)
  const found = new Map(checklist(reading.progression).map(item => [item.id, item]))
  return {items: found, shown: id => document.textOf(found.get(id)?.at ?? {document: uri, block: 0, start: 0, end: 0})}
}

const states = (text: string): Readonly<Record<string, string>> => Object.fromEntries([...items(text).items].map(([id, {state}]) => [id, state]))

const whole = `name: shop
clusters: {nonprod: {context: nonprod}, prod: {context: prod}}
manifests: {kustomize: 'deploy/\${environment}'}
gates: {alerts: {alerts: none}}
defaults:
  gates: [alerts]
  smoke: {job: smoke.yaml}
  rollback: {within: 60s}
environments:
  - {name: dev, cluster: nonprod, namespace: shop-dev}
  - {name: staging, cluster: nonprod, namespace: shop-staging, load: {k6: load.js}}
  - {name: production, cluster: prod, namespace: shop, approval: {required: 2}, flags: {new_ui: true}}
`

const ids = ['environments', 'isolation', 'configuration', 'smoke-tests', 'quality-gates', 'load-tests', 'rollback', 'feature-flags', 'monitoring', 'approvals']

test('there are ten items, always in the same order', () => {
  assert.deepEqual([...items(whole).items.keys()], ids)
  assert.deepEqual([...items('name: shop\n').items.keys()], ids)
})

test('a whole progression has all of them', () => {
  assert.deepEqual(new Set(Object.values(states(whole))), new Set(['done']))
})

test('each item can be missing, and shows where it would stand', () => {
  const without: Readonly<Record<string, readonly [string, string, string]>> = {
    environments: [
      '  - {name: dev, cluster: nonprod, namespace: shop-dev}\n  - {name: staging, cluster: nonprod, namespace: shop-staging, load: {k6: load.js}}\n',
      '',
      'production',
    ],
    isolation: ['namespace: shop-staging', 'namespace: shop-dev', 'staging'],
    configuration: ["manifests: {kustomize: 'deploy/${environment}'}\n", '', 'dev'],
    'smoke-tests': ['namespace: shop-staging', 'namespace: shop-staging, smoke: ~', 'staging'],
    'quality-gates': ['namespace: shop-staging', 'namespace: shop-staging, gates: []', 'staging'],
    'load-tests': [', load: {k6: load.js}', '', 'staging'],
    rollback: ['approval: {required: 2}', 'approval: {required: 2}, rollback: ~', 'rollback'],
    'feature-flags': [', flags: {new_ui: true}', '', 'production'],
    monitoring: ['namespace: shop-dev', 'namespace: shop-dev, gates: []', 'dev'],
    approvals: [', approval: {required: 2}', '', 'production'],
  }
  for (const id of ids) {
    const [from = '', to = '', place] = without[id] ?? []
    assert.ok(whole.includes(from), id)
    const {items: found, shown} = items(whole.replace(from, to))
    assert.equal(found.get(id)?.state, 'missing', `${id}: ${found.get(id)?.message}`)
    assert.equal(shown(id), place, id)
  }
})

test('what is being typed, or in a base that is not there, is unknown and never missing', () => {
  for (const text of [
    'extends: base.yaml\nenvironments:\n  - {name: dev}\n  - {name: production}\n',
    'environments:\n  - {name: dev\n  - {name: production\n',
  ]) {
    const found = states(text)
    assert.deepEqual(
      Object.entries(found).filter(([id, state]) => state === 'missing' && id !== 'environments'),
      [],
      text,
    )
  }
})

test('what there is shows its place', () => {
  const {shown} = items(whole)
  assert.equal(shown('load-tests'), 'load')
  assert.equal(shown('approvals'), '{required: 2}')
  assert.equal(shown('rollback'), '{within: 60s}')
})

test('one environment that lacks something is named', () => {
  const {items: found} = items(whole.replace('namespace: shop-dev', 'namespace: shop-dev, smoke: ~'))
  assert.equal(found.get('smoke-tests')?.message, 'No smoke test runs after the rollout in dev.')
})

test('without a production nobody can tell who has to approve', () => {
  assert.equal(states('name: shop\nenvironments: [{name: blue}]\n').approvals, 'unknown')
})
