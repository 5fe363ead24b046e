import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'
import {parse} from 'yaml'
import {validateMerged} from '../../../server/sources/progression/needs.ts'
import {validateProgression} from '../../../server/sources/progression/schema.ts'

const said = (text: string): string =>
  validateMerged(parse(text))
    .map(({message, path}) => `${path.join('.')}: ${message}`)
    .join('\n')

const environment = (text: string): string => `environments: [{name: staging, ${text}}]`

test('the whole format lacks nothing', () => {
  assert.equal(said(readFileSync(`${import.meta.dirname}/whole.yaml`, 'utf8')), '')
})

const cases = {
  'smoke: {timeout: 60s}': 'environments.0.smoke: staging.smoke needs http, job or run.',
  'smoke: {http: [{get: /healthz}]}': 'environments.0.smoke: staging.smoke needs service or url.',
  'smoke: {http: [{get: /}], service: web, url: "https://a"}':
    'environments.0.smoke.url: staging.smoke takes one of service and url, not both. If one is inherited, remove it: service: null.',
  'load: {timeout: 1m}': 'environments.0.load: staging.load needs k6, job or run.',
  'scan: {}': 'environments.0.scan: staging.scan needs run, job or report.',
  'migrate: {kind: expand}': 'environments.0.migrate: staging.migrate needs job.',
  'manifests: {kustomize: a, directory: b}':
    'environments.0.manifests.directory: staging.manifests takes one of kustomize and directory, not both. If one is inherited, remove it: kustomize: null.',
  'manifests: [{helm: {values: []}}]': 'environments.0.manifests.0.helm: staging.manifests[0].helm needs chart.',
  'metrics: {prometheus: {headers: {}}}': 'environments.0.metrics.prometheus: staging.metrics.prometheus needs service or url.',
  'runner: {}': 'environments.0.runner: staging.runner needs job.',
  'freeze: [{reason: x}]': 'environments.0.freeze.0: A freeze needs from or cron.',
  'freeze: [{from: 2026-01-01, cron: "* * * * *", for: 1h}]': 'environments.0.freeze.0.cron: staging.freeze[0] takes one of from and cron, not both.',
  'freeze: [{cron: "* * * * *"}]': 'environments.0.freeze.0: A freeze needs for.',
}

for (const [text, message] of Object.entries(cases)) test(message, () => assert.equal(said(environment(text)), message))

test('a gate needs a query or alerts, and not both', () => {
  assert.equal(said('gates: {e: {max: 1}}'), 'gates.e: gates.e needs query or alerts.')
  assert.equal(said('gates: {e: {query: a, alerts: none}}'), 'gates.e.alerts: gates.e takes one of query and alerts, not both.')
  assert.equal(said('gates: {e: {query: a, traffic: {min: 1}}}'), 'gates.e.traffic: gates.e.traffic needs query.')
})

test('what is removed is not there', () => {
  assert.equal(said(environment('manifests: {kustomize: ~, helm: {chart: a}}')), '')
  assert.equal(said(environment('smoke: {http: ~}')), 'environments.0.smoke: staging.smoke needs http, job or run.')
  assert.equal(said(environment('smoke: ~')), '')
})

test('what is merged into something else may be a part', () => {
  assert.equal(said('defaults: {smoke: {timeout: 60s}, manifests: {}}'), '')
  assert.equal(said(environment('gates: [{e: {max: 1, traffic: {min: 1}}}]')), '')
})

test('what extends something has a name and environments in the end', () => {
  assert.equal(said('extends: ../base.yaml'), ': A progression needs name.\n: A progression needs environments.')
})

test('calls nothing missing in what is not read to its end', () => {
  const smoke = {}
  assert.deepEqual(validateMerged({environments: [{name: 'a', smoke}]}, {incomplete: new Set([smoke])}), [])
})

test('repeats nothing that was said of the document as it is written', () => {
  for (const text of ['environments: [{cluster: a}]', 'environments: [{name: a, smoke: 5}]', 'name: 2', '[]', 'enviroments: []', 'notify: [{slack: {}}]']) {
    assert.notEqual(validateProgression(parse(text)).length, 0)
    assert.equal(said(text), '', text)
  }
})
