import assert from 'node:assert/strict'
import {test} from 'node:test'
import {messages, read} from './reading.ts'

const head = 'apiVersion: progression.dev/v1\n'

test('with a base that is not there nothing is called absent that the base may give', () => {
  const {environments, gates, clusters, images, lanes} = read(
    `${head}extends: base.yaml\ndefaults: {smoke: {job: smoke.yaml}}\ngates: {latency: {query: up, max: 1}}\nenvironments:\n  - name: production\n`,
  )
  const [production] = environments.items
  assert.deepEqual([production?.rollback.state, production?.approval.state, production?.flags.state], ['unknown', 'unknown', 'unknown'])
  assert.ok(production && production.steps.open.length > 0)
  assert.deepEqual(
    [gates, clusters, images, lanes].map(({open}) => open.length > 0),
    [true, true, true, true],
  )
  assert.equal(gates.items[0]?.traffic.state, 'unknown')
})

test('with a base that is there everything is known', () => {
  const {environments, gates} = read(`${head}extends: base.yaml\ndefaults: {smoke: {job: smoke.yaml}}\nenvironments:\n  - name: production\n`, {
    'base.yaml': 'name: shop\ndefaults: {rollback: {within: 30s}}\n',
  })
  const [production] = environments.items
  assert.deepEqual([production?.rollback.state, production?.approval.state, gates.open.length], ['known', 'absent', 0])
})

test('a variable without quotes is one mistake, whatever it makes of the text', () => {
  const texts = [
    'manifests: {helm: {chart: deploy/${environment}, values: [a.yaml]}}\nenvironments: [{name: dev}]\n',
    'environments:\n  - {name: dev, namespace: shop-${environment}, cluster: x}\n',
    'manifests: {kustomize: deploy/${environment}}\nenvironments: [{name: dev}]\n',
  ]
  for (const text of texts) {
    const problems = messages(read(`${head}name: shop\n${text}`))
    assert.equal(problems.length, 1, problems.join('\n'))
    assert.match(problems[0] ?? '', /must be quoted/)
  }
})

test('what stands before a syntax error, or in another block, is still judged', () => {
  const problems = messages(
    read(`${head}name: shop\nsoak: 3\nenvironments:\n  - {name: dev, soak: soon, namespace: shop-\${environment}}\n  - {name: qa, soak: later}\n`),
  )
  assert.equal(problems.filter(problem => /is not a duration/.test(problem)).length, 2, problems.join('\n'))
  assert.ok(problems.some(problem => problem.startsWith('config/misplaced-key: soak')))
})
