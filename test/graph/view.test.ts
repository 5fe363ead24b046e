import assert from 'node:assert/strict'
import {test} from 'node:test'
import {textGraph} from '../../server/graph/text.ts'
import {progressionView} from '../../server/graph/view.ts'
import type {TargetStatus} from '../../server/model/promotion.ts'
import {readings, uri} from '../sources/progression/reading.ts'

const text = `apiVersion: progression.dev/v1
name: shop
environments:
  - name: dev
    cluster: nonprod
    namespace: development
    smoke: {service: 'web:http', http: [{get: /}], timeout: 30s}
  - name: staging
    soak: 30m
  - name: production
    approval: {required: 2}
    rollback: {within: 60s}
`

function view(source: string, statuses: Readonly<Record<string, readonly TargetStatus[]>> = {}) {
  const {document, readings: found} = readings(source)
  const progression = found[0]?.progression
  assert.ok(progression)
  const locate = (place: Parameters<typeof document.range>[0]) => {
    const range = document.range(place)
    return range && {uri, range}
  }
  return progressionView(progression, {locate, statuses: new Map(Object.entries(statuses)), live: {state: 'notAsked'}})
}

const status = (environment: string, target: string, phase: TargetStatus['phase'], release: string): TargetStatus => ({
  environment,
  target,
  namespace: environment,
  context: 'local',
  phase,
  release,
  message: `${target} is ${phase}`,
  retained: [],
})

test('environments come in order, each followed by the steps that were configured', () => {
  assert.deepEqual(
    view(text).nodes.map(({id}) => id),
    ['dev', 'dev/rollout', 'dev/smoke', 'staging', 'staging/rollout', 'staging/soak', 'production', 'production/approval', 'production/rollout'],
  )
})

test('a node leads to the line it came from', () => {
  const soak = view(text).nodes.find(({id}) => id === 'staging/soak')
  assert.equal(soak?.at?.range.start.line, 8)
})

test('an environment is as bad as its worst target, and says both', () => {
  const production = view(text, {production: [status('production', 'eu', 'verified', 'r2'), status('production', 'us', 'rollbackFailed', 'r1')]}).nodes.find(
    ({id}) => id === 'production',
  )
  assert.deepEqual([production?.tone, production?.detail, production?.release], ['bad', 'rollback failed', 'r1'])
  assert.match(production?.description ?? '', /eu: eu is verified\nus: us is rollbackFailed/)
})

test('there is nothing to roll back where nothing was promoted', () => {
  const dev = view(text, {dev: [status('dev', 'dev', 'empty', '')]}).nodes.find(({id}) => id === 'dev')
  assert.deepEqual(dev?.actions, ['promote'])
})

test('no text of a file reaches the picture as markup or as a directive', () => {
  const {mermaid} = view(text.replaceAll('staging', "'<script>alert(1)</script>\"]; click e0 call x() %%{init: {}}%%'"))
  assert.doesNotMatch(mermaid, /<script|^\s*click|%%\{/m)
})

test('the picture for a terminal joins what follows each other and names other ways below', () => {
  const drawn = textGraph(view(`${text}  - name: audit\n    after: [dev]\n`))
  assert.match(drawn, /│ dev +│ ──▶ │ staging +│ ──▶ │ production ★ +│ {5}│ audit +│/)
  assert.match(drawn, /^dev ──▶ audit$/m)
  assert.match(drawn, /^staging ──▶ production: approval: 2 required$/m)
})
