import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {PromotionEvent} from '../../server/model/promotion.ts'
import {useCluster} from '../cluster/shared.ts'
import {answersWrongly, configMap, engineOn, follow, healthy, image, live, never, phasesIn, promotionOf, service, target, web} from './shop.ts'

const cluster = await useCluster()
const engine = engineOn(cluster)
const promote = (request: Parameters<typeof engine.promote>[0], signal = never) => follow(engine.promote(request, signal))

type Template = {spec: {template: {metadata: {annotations?: Record<string, string>}; spec: {containers: {image: string}[]}}}}

test('a release goes from dev to staging, and not before dev has verified it', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('dev'), {smoke: [healthy]})
  const staging = target('staging', await cluster.namespace('staging'), {smoke: [healthy]})
  const objects = [web(), service(), configMap({stage: 'any'})]
  const early = await promote(promotionOf(staging, objects, {before: [dev]}))
  assert.equal(early.outcome.result, 'refused')
  assert.match(early.outcome.message, /^dev has not verified r[0-9a-f]{10}: nothing was promoted there yet\. Promote it there first\.$/)
  assert.equal(await live(cluster, `/api/v1/namespaces/${staging.namespace}/services/web`), undefined)

  const first = await promote(promotionOf(dev, objects))
  assert.equal(first.outcome.result, 'verified', first.outcome.message)
  assert.deepEqual(phasesIn(first.events), ['applying', 'rollingOut', 'smoke', 'verified'])
  const second = await promote(promotionOf(staging, objects, {before: [dev]}))
  assert.equal(second.outcome.result, 'verified', second.outcome.message)
  const deployment = (await live(cluster, `/apis/apps/v1/namespaces/${staging.namespace}/deployments/web`)) as unknown as Template
  assert.equal(deployment.spec.template.spec.containers[0]?.image, image('1'))

  const [status] = await engine.status([staging], never)
  assert.equal(status?.phase, 'verified')
  assert.equal(status?.release, second.outcome.release)
  assert.deepEqual(
    status?.retained.map(({revision, verified}) => [revision, verified]),
    [
      [1, true],
      [0, false],
    ],
  )
})

test('a plan shows what would change, writes nothing, and binds what is agreed to', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('plan'), {smoke: [healthy]})
  const request = promotionOf(dev, [web(), service()])
  const plan = await engine.plan(request, never)
  assert.deepEqual(plan.refusals, [])
  assert.deepEqual(
    plan.targets[0]?.changes.map(({kind, action}) => `${action} ${kind}`),
    ['create Service', 'create Deployment'],
  )
  assert.match(plan.targets[0]?.changes[1]?.diff ?? '', /^\+ +- image: registry\.example\/shop\/web@sha256:/m)
  assert.equal(plan.targets[0]?.server, cluster.running.server)
  assert.equal(plan.targets[0]?.user, 'local')
  assert.equal((await cluster.running.kubectl(['get', 'all,configmaps', '-n', dev.namespace, '-o', 'name'])).output, 'configmap/kube-root-ca.crt\n')
  assert.equal((await engine.plan(request, never)).digest, plan.digest)

  await cluster.running.kubectl(['create', 'service', 'clusterip', 'web', '--tcp=80', '-n', dev.namespace])
  const outcome = (await promote({...request, agreed: plan.digest})).outcome
  assert.equal(outcome.result, 'refused')
  assert.match(outcome.message, /has changed since the plan was shown/)
  const again = await engine.plan(request, never)
  assert.match(again.remarks.join(' '), /1 live object will be recorded as revision 0/)
  assert.equal((await promote({...request, agreed: again.digest})).outcome.result, 'verified')
})

test('a changed ConfigMap rolls the pods that read it', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('config'))
  const reading = web({container: {envFrom: [{configMapRef: {name: 'settings'}}]}})
  const hash = async () => {
    const deployment = (await live(cluster, `/apis/apps/v1/namespaces/${dev.namespace}/deployments/web`)) as unknown as Template
    return deployment.spec.template.metadata.annotations?.['progression.dev/configuration']
  }
  await promote(promotionOf(dev, [reading, configMap({level: 'low'})]))
  const before = await hash()
  await promote(promotionOf(dev, [reading, configMap({level: 'high'})], {commit: 'c2'}))
  const after = await hash()
  assert.ok(before !== undefined && after !== undefined && before !== after)
  await follow(engine.rollback({targets: [dev]}, never))
  assert.equal(await hash(), before, 'and back again with the rollback')
})

test('a release that changes nothing here is verified at once, without touching anything', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('same'))
  const objects = [web(), service()]
  await promote(promotionOf(dev, objects))
  const before = await live(cluster, `/apis/apps/v1/namespaces/${dev.namespace}/deployments/web`)
  const plan = await engine.plan(promotionOf(dev, objects, {commit: 'c2'}), never)
  assert.match(plan.steps.join(), /nothing changes/)
  const {outcome, events} = await promote(promotionOf(dev, objects, {commit: 'c2'}))
  assert.equal(outcome.result, 'verified')
  assert.deepEqual(phasesIn(events), ['verified'])
  const after = await live(cluster, `/apis/apps/v1/namespaces/${dev.namespace}/deployments/web`)
  assert.equal(after?.metadata.resourceVersion, before?.metadata.resourceVersion)
  const [status] = await engine.status([dev], never)
  assert.equal(status?.release, outcome.release)
  const again = await promote(promotionOf(dev, objects, {commit: 'c2'}))
  assert.equal(again.outcome.revision, outcome.revision, 'the same release once more is no new revision')
})

test('what a release no longer has is removed once it is verified, and data never', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('prune'))
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {name: 'data'},
    spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}},
  }
  await promote(promotionOf(dev, [web(), service(), configMap({}, 'old'), claim]))
  const request = promotionOf(dev, [web(), configMap({}, 'new')], {commit: 'c2'})
  const plan = await engine.plan(request, never)
  assert.deepEqual(
    plan.targets[0]?.changes.filter(({action}) => action === 'prune').map(({kind, name}) => `${kind} ${name}`),
    ['ConfigMap old', 'Service web'],
  )
  assert.equal((await promote(request)).outcome.result, 'verified')
  assert.equal(await live(cluster, `/api/v1/namespaces/${dev.namespace}/services/web`), undefined)
  assert.equal(await live(cluster, `/api/v1/namespaces/${dev.namespace}/configmaps/old`), undefined)
  assert.ok(await live(cluster, `/api/v1/namespaces/${dev.namespace}/persistentvolumeclaims/data`))
})

/** Stops a run as soon as an event is met. */
async function stopAt(request: Parameters<typeof engine.promote>[0], isIt: (event: PromotionEvent) => boolean) {
  const stop = new AbortController()
  const events: PromotionEvent[] = []
  for await (const event of engine.promote(request, stop.signal)) {
    events.push(event)
    if (isIt(event)) stop.abort()
  }
  const last = events.at(-1)
  assert.ok(last?.kind === 'outcome')
  return last.outcome
}

test('a stop while applying leaves a mixed set that says so, and the same release goes on from there', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('mixed'))
  const request = promotionOf(dev, [web(), service(), configMap({a: '1'})])
  const outcome = await stopAt(request, event => event.kind === 'phase' && event.phase === 'applying')
  assert.equal(outcome.result, 'blocked')
  assert.match(outcome.message, /stopped by local: [0-3] of 3 objects are new/)
  const [status] = await engine.status([dev], never)
  assert.equal(status?.phase, 'mixed')

  const plan = await engine.plan(request, never)
  assert.match(plan.remarks.join(' '), /Goes on with revision 1, which local began and left mixed\./)
  const resumed = await promote(request)
  assert.equal(resumed.outcome.result, 'verified', resumed.outcome.message)
  assert.equal(resumed.outcome.revision, 1)
})

test('a stop while rolling out says that the new release serves unverified, and another release is refused until then', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('stopped'))
  await promote(promotionOf(dev, [web()]))
  const slow = promotionOf(dev, [web({version: '2', annotations: {'sim.progression.dev/ready-after': '60s'}})])
  const outcome = await stopAt(slow, event => event.kind === 'progress')
  assert.equal(outcome.result, 'blocked')
  assert.match(outcome.message, /the new release serves, unverified\. Promote r[0-9a-f]{10} again to go on, or roll back/)
  assert.equal((await engine.status([dev], never))[0]?.phase, 'rollingOut')
  const other = await promote(promotionOf(dev, [web({version: '3'})]))
  assert.equal(other.outcome.result, 'refused')
  assert.match(other.outcome.message, /local began to promote r[0-9a-f]{10} at .*, and it is rollingOut/)
  const back = await follow(engine.rollback({targets: [dev]}, never))
  assert.equal(back.outcome.result, 'rolledBack', back.outcome.message)
})

test('a stop before the first write leaves nothing', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('early'))
  const {outcome} = await promote(promotionOf(dev, [web()]), AbortSignal.abort())
  assert.equal(outcome.result, 'aborted')
  assert.equal((await engine.status([dev], never))[0]?.phase, 'empty')
})

test('of two promoters at once one promotes and the other is told', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('race'))
  await promote(promotionOf(dev, [web()]))
  const requests = ['2', '3'].map(version => promotionOf(dev, [web({version})]))
  const outcomes = (await Promise.all(requests.map(request => promote(request)))).map(({outcome}) => outcome)
  assert.deepEqual(outcomes.map(({result}) => result).sort(), ['refused', 'verified'], JSON.stringify(outcomes))
  assert.match(outcomes.find(({result}) => result === 'refused')?.message ?? '', /local has changed shop in dev in the meantime|local began to promote/)
  const [status] = await engine.status([dev], never)
  assert.equal(status?.release, outcomes.find(({result}) => result === 'verified')?.release)
})

test('targets follow each other in waves, and a failing wave ends it', cluster.needed, async () => {
  const canary = target('production', await cluster.namespace('canary'), {target: 'canary', wave: 1, smoke: [healthy]})
  const rest = target('production', await cluster.namespace('rest'), {target: 'rest', wave: 2, smoke: [healthy]})
  const request = (version: string, annotations = {}) => {
    const objects = [web({version, annotations}), service()]
    return {...promotionOf(rest, objects), targets: [rest, canary].map(one => ({target: one, objects}))}
  }
  const good = await promote(request('1'))
  assert.equal(good.outcome.result, 'verified', good.outcome.message)
  const order = good.events.flatMap(event => (event.kind === 'phase' && event.phase === 'verified' ? [event.target] : []))
  assert.deepEqual(order, ['canary', 'rest'])
  const bad = await promote(request('2', answersWrongly))
  assert.equal(bad.outcome.result, 'rolledBack', bad.outcome.message)
  assert.match(bad.outcome.message, /Not touched: 1 target of production behind it\.$/)
  const statuses = await engine.status([canary, rest], never)
  assert.deepEqual(
    statuses.map(({phase}) => phase),
    ['rolledBack', 'verified'],
  )
})
