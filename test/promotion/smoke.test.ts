import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {HttpCheck, SmokeTest} from '../../server/model/promotion.ts'
import {judgeAnswer} from '../../server/promotion/http-check.ts'
import {useCluster} from '../cluster/shared.ts'
import {answering} from './fake-server.ts'
import {digest, engineOn, follow, live, never, promotionOf, service, target, web} from './shop.ts'

const cluster = await useCluster()
const engine = engineOn(cluster)
const promote = (request: Parameters<typeof engine.promote>[0], signal = never) => follow(engine.promote(request, signal))

const check = (rest: Partial<HttpCheck> = {}): HttpCheck => ({path: '/', method: 'GET', ...rest})

test('an answer is judged by status, any 2xx without one, and by what its JSON holds', () => {
  assert.equal(judgeAnswer(check(), {status: 204, body: ''}), undefined)
  assert.equal(judgeAnswer(check(), {status: 302, body: ''}), 'status 302, and 2xx is expected')
  assert.equal(judgeAnswer(check({status: 302}), {status: 302, body: ''}), undefined)
  assert.equal(judgeAnswer(check({json: '.items[1].name'}), {status: 200, body: '{"items": [{}, {"name": "b"}]}'}), undefined)
  assert.equal(judgeAnswer(check({json: '.version'}), {status: 200, body: '{"version": null}'}), 'JSON that has nothing at .version')
  assert.equal(judgeAnswer(check({json: '.version'}), {status: 200, body: '<html>'}), 'something that is not JSON')
})

const job = (annotations: object = {}): SmokeTest => ({
  kind: 'job',
  job: {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {name: 'checkout'},
    spec: {template: {metadata: {annotations}, spec: {containers: [{name: 'main', image: `registry.example/test@${digest('t')}`}]}}},
  },
  timeout: 20_000,
})

test('a Job that succeeds verifies, under a name of its release', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('job'), {smoke: [job()]})
  const {outcome} = await promote(promotionOf(dev, [web()]))
  assert.equal(outcome.result, 'verified', outcome.message)
  const made = await live(cluster, `/apis/batch/v1/namespaces/${dev.namespace}/jobs/checkout-${outcome.release}`)
  const {backoffLimit, activeDeadlineSeconds, ttlSecondsAfterFinished} = (made?.spec ?? {}) as Record<string, number>
  assert.deepEqual([backoffLimit, activeDeadlineSeconds, ttlSecondsAfterFinished], [0, 20, 3600])
})

test('a Job that fails rolls back, and the next try runs a new one', cluster.needed, async () => {
  const {namespace} = target('dev', await cluster.namespace('job-fails'))
  const withJob = (...smoke: SmokeTest[]) => target('dev', namespace, {smoke})
  await promote(promotionOf(withJob(job()), [web()]))
  const failing = await promote(promotionOf(withJob(job({'sim.progression.dev/exit-code': '1'})), [web({version: '2'})]))
  assert.equal(failing.outcome.result, 'rolledBack', failing.outcome.message)
  assert.match(failing.outcome.message, /smoke test: Job checkout-r[0-9a-f]{10} failed: /)
  const again = await promote(promotionOf(withJob(job()), [web({version: '2'})]))
  assert.equal(again.outcome.result, 'verified', again.outcome.message)
  assert.ok(again.events.some(event => event.kind === 'progress' && event.message.startsWith('Replaces Job checkout-r')))
})

test('a Job that this revision has begun is waited for, not begun anew', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('job-again'), {smoke: [job({'sim.progression.dev/completes-after': '4s'})]})
  const request = promotionOf(dev, [web()])
  const stop = new AbortController()
  for await (const event of engine.promote(request, stop.signal)) if (event.kind === 'progress' && event.message.startsWith('Runs Job')) stop.abort()
  const path = `/apis/batch/v1/namespaces/${dev.namespace}/jobs/checkout-${request.release.id}`
  const begun = await live(cluster, path)
  const {outcome, events} = await promote(request)
  assert.equal(outcome.result, 'verified', outcome.message)
  assert.ok(events.some(event => event.kind === 'progress' && event.message.startsWith('Waits for Job')))
  assert.equal((await live(cluster, path))?.metadata.uid, begun?.metadata.uid)
})

test('a Job that cannot be made blocks, for it says nothing of the release', cluster.needed, async () => {
  const broken: SmokeTest = {
    kind: 'job',
    job: {apiVersion: 'batch/v1', kind: 'Job', metadata: {name: 'none'}, spec: {template: {spec: {containers: []}}}},
    timeout: 5_000,
  }
  const dev = target('dev', await cluster.namespace('job-broken'), {smoke: [broken]})
  const {outcome} = await promote(promotionOf(dev, [web()]))
  assert.equal(outcome.result, 'blocked', outcome.message)
  assert.equal((await engine.status([dev], never))[0]?.phase, 'blocked')
  const fixed = await promote({...promotionOf(dev, [web()]), targets: [{target: {...dev, smoke: []}, objects: [web()]}]})
  assert.equal(fixed.outcome.result, 'verified', fixed.outcome.message)
})

test('an address is asked until it answers well', cluster.needed, async () => {
  const shop = await answering(
    (_request, response) => response.writeHead(503).end(),
    (_request, response) => response.writeHead(200).end('{"version": "2"}'),
  )
  const smoke: SmokeTest = {kind: 'url', url: shop.url, checks: [check({path: '/api/version', json: '.version', headers: {'x-shop': 'eu'}})], timeout: 5_000}
  const {outcome} = await promote(promotionOf(target('dev', await cluster.namespace('url'), {smoke: [smoke]}), [web()]))
  assert.equal(outcome.result, 'verified', outcome.message)
  assert.equal(shop.requests[0]?.headers['x-shop'], 'eu')
  assert.equal(shop.requests[1]?.url, '/api/version')
})

test('a service is asked over a port-forward to a pod of the new revision', cluster.needed, async () => {
  const smoke: SmokeTest = {kind: 'http', service: 'web', port: '80', checks: [check({path: '/api/version', json: '.version'})], timeout: 5_000}
  const dev = target('dev', await cluster.namespace('forward'), {smoke: [smoke]})
  const answers = (version: string) => ({
    'sim.progression.dev/answers': JSON.stringify({'/api/version': {status: 200, body: version === '2' ? {version} : {}}}),
  })
  assert.equal((await promote(promotionOf(dev, [web({annotations: answers('1')}), service()]))).outcome.result, 'rolledBack')
  const {outcome} = await promote(promotionOf(dev, [web({version: '2', annotations: answers('2')}), service()]))
  assert.equal(outcome.result, 'verified', outcome.message)
})

test('a service or port that is not there fails with its name', cluster.needed, async () => {
  const namespace = await cluster.namespace('no-service')
  const smoke = (name: string, port: string): SmokeTest => ({kind: 'http', service: name, port, checks: [check()], timeout: 200})
  const at = (...tests: SmokeTest[]) => promotionOf(target('dev', namespace, {smoke: tests, rollback: undefined}), [web(), service()])
  assert.match((await promote(at(smoke('shop', 'http')))).outcome.message, /smoke test: there is no Service shop in namespace /)
  assert.match((await promote(at(smoke('web', 'grpc')))).outcome.message, /smoke test: Service web has no port grpc/)
})
