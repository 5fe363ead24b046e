import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {KubernetesObject} from '../../server/model/manifests.ts'
import {useCluster} from '../cluster/shared.ts'
import {apply, waitFor} from '../cluster/workloads.ts'
import {answersWrongly, configMap, engineOn, follow, healthy, healthyAt, image, live, never, phasesIn, promotionOf, service, target, web} from './shop.ts'

const cluster = await useCluster()
const engine = engineOn(cluster)
const promote = (request: Parameters<typeof engine.promote>[0]) => follow(engine.promote(request, never))
const rollback = (request: Parameters<typeof engine.rollback>[0]) => follow(engine.rollback(request, never))

type Deployment = KubernetesObject & {spec: {replicas: number; strategy: object; template: {spec: {containers: {image: string}[]}}}}
const deploymentIn = async (namespace: string, name = 'web', plural = 'deployments') =>
  (await live(cluster, `/apis/apps/v1/namespaces/${namespace}/${plural}/${name}`)) as Deployment
const imageIn = async (...given: Parameters<typeof deploymentIn>) => (await deploymentIn(...given)).spec.template.spec.containers[0]?.image

test('a release whose pods answer wrongly is rolled back within its budget, and the time is kept', cluster.needed, async () => {
  const production = target('production', await cluster.namespace('bad'), {smoke: [healthy]})
  const strategy = {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  await promote(promotionOf(production, [web({replicas: 3, spec: {strategy}}), service(), configMap({a: '1'})]))
  const bad = await promote(
    promotionOf(production, [
      web({version: '2', replicas: 3, spec: {strategy}, annotations: answersWrongly}),
      service(),
      configMap({a: '2'}),
      configMap({}, 'extra'),
    ]),
  )
  assert.equal(bad.outcome.result, 'rolledBack', bad.outcome.message)
  assert.match(bad.outcome.message, /answers GET \/healthz with status 500, and 2xx is expected/)
  assert.deepEqual(phasesIn(bad.events), ['applying', 'rollingOut', 'smoke', 'rollingBack', 'rolledBack'])
  const {rollbackSeconds = Number.NaN} = bad.outcome
  assert.ok(rollbackSeconds > 0 && rollbackSeconds < 60, `${rollbackSeconds} s`)

  const deployment = await deploymentIn(production.namespace)
  assert.equal(deployment.spec.template.spec.containers[0]?.image, image('1'))
  assert.deepEqual(deployment.spec.strategy, {type: 'RollingUpdate', ...strategy}, 'the strategy is as it was')
  assert.deepEqual((await live(cluster, `/api/v1/namespaces/${production.namespace}/configmaps/settings`))?.data, {a: '1'})
  assert.match(bad.outcome.message, /Left behind until the next verified promotion: ConfigMap extra\./)
  const [status] = await engine.status([production], never)
  assert.equal(status?.phase, 'rolledBack')
  assert.equal(status?.lastRollbackSeconds, rollbackSeconds)

  await promote(promotionOf(production, [web({version: '3', replicas: 3}), service()]))
  assert.equal(
    await live(cluster, `/api/v1/namespaces/${production.namespace}/configmaps/extra`),
    undefined,
    'what was left behind goes with the next verified release',
  )
})

test('pods that crash fail the rollout long before any deadline, and roll back', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('crash'))
  await promote(promotionOf(dev, [web()]))
  const {outcome} = await promote(promotionOf(dev, [web({version: '2', annotations: {'sim.progression.dev/crash': 'true'}})]))
  assert.equal(outcome.result, 'rolledBack', outcome.message)
  assert.match(outcome.message, /Deployment web: pod web-\S+: container main (crashes, restarted \d+ times|is in CrashLoopBackOff)/)
  assert.equal(await imageIn(dev.namespace), image('1'))
})

test('an environment without automatic rollback stops, says so and offers it', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('manual'), {smoke: [healthy], rollback: undefined})
  await promote(promotionOf(dev, [web(), service()]))
  const bad = promotionOf(dev, [web({version: '2', annotations: answersWrongly}), service()])
  const {outcome} = await promote(bad)
  assert.equal(outcome.result, 'failed')
  assert.match(outcome.message, /Nothing rolls back by itself here: `progression rollback dev` does\.$/)
  assert.equal(await imageIn(dev.namespace), image('2'))
  assert.equal((await engine.status([dev], never))[0]?.phase, 'failed')
  const plan = await engine.planRollback({targets: [dev]}, never)
  assert.deepEqual(
    plan.targets[0]?.changes.map(({kind, action}) => `${action} ${kind}`),
    ['unchanged Service', 'change Deployment'],
  )
  const back = await rollback({targets: [dev], agreed: plan.digest, reason: 'wrong answers'})
  assert.equal(back.outcome.result, 'rolledBack', back.outcome.message)
  assert.match(back.outcome.message, /^Rollback asked by local \(wrong answers\)\. dev is back at r/)
  assert.equal(await imageIn(dev.namespace), image('1'))
})

test('only the steps that on: names roll back', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('on'), {smoke: [healthy], rollback: {on: ['rollout']}})
  const {outcome} = await promote(promotionOf(dev, [web({annotations: answersWrongly}), service()]))
  assert.equal(outcome.result, 'failed')
})

test('what was live before the first promotion is revision 0, and can be gone back to', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('adopted'))
  const {namespace} = dev
  const before = web({version: 'by hand', replicas: 3, container: {env: [{name: 'OLD', value: 'yes'}]}})
  await apply(cluster.running, {...before, metadata: {name: 'web', namespace}}, {...service(), metadata: {name: 'web', namespace}})
  await waitFor(cluster.running, namespace, 'deployment/web', 'condition=Available')
  const first = await promote(promotionOf(dev, [web(), service(), configMap({})]))
  assert.equal(first.outcome.result, 'verified', first.outcome.message)
  type WithVariables = {env?: object[]}
  const containers = async () => (await deploymentIn(namespace)).spec.template.spec.containers as WithVariables[]
  assert.equal((await containers())[0]?.env, undefined, 'what kubectl applied and the release lacks is gone')

  const back = await rollback({targets: [dev]})
  assert.equal(back.outcome.result, 'rolledBack', back.outcome.message)
  assert.equal(back.outcome.release, 'adopted')
  assert.equal(await imageIn(namespace), image('by hand'))
  assert.deepEqual((await containers())[0]?.env, [{name: 'OLD', value: 'yes'}])
  assert.equal((await deploymentIn(namespace)).spec.replicas, 3)
})

test('where nothing was live, a rollback brings what was created to zero', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('zero'))
  await promote(promotionOf(dev, [web(), service()]))
  const {outcome} = await rollback({targets: [dev], to: '0'})
  assert.equal(outcome.result, 'rolledBack', outcome.message)
  assert.equal((await deploymentIn(dev.namespace)).spec.replicas, 0)
})

test('replicas that an autoscaler chose are kept, forward and back', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('scaled'))
  const {namespace} = dev
  const scaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: {name: 'web'},
    spec: {
      scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'},
      minReplicas: 1,
      maxReplicas: 9,
      metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 80}}}],
    },
  }
  await promote(promotionOf(dev, [web({replicas: 2}), scaler]))
  const scale = (replicas: number) => cluster.running.kubectl(['scale', 'deployment/web', `--replicas=${replicas}`, '-n', namespace])
  await scale(4)
  const second = await promote(promotionOf(dev, [web({version: '2', replicas: 2}), scaler]))
  assert.equal(second.outcome.result, 'verified', second.outcome.message)
  assert.equal((await deploymentIn(namespace)).spec.replicas, 4)
  await scale(3)
  const back = await rollback({targets: [dev]})
  assert.equal(back.outcome.result, 'rolledBack', back.outcome.message)
  assert.equal(await imageIn(namespace), image('1'))
  assert.equal((await deploymentIn(namespace)).spec.replicas, 3)
})

test('DaemonSets and Deployments that are recreated roll back too', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('kinds'), {smoke: [healthyAt('agent')]})
  const objects = (version: string, annotations = {}) => {
    const {spec, ...agent} = web({name: 'agent', version, annotations})
    const {replicas: _, ...rest} = spec as {replicas: number}
    return [{...agent, kind: 'DaemonSet', spec: rest}, service('agent'), web({version, spec: {strategy: {type: 'Recreate'}}})]
  }
  assert.equal((await promote(promotionOf(dev, objects('1')))).outcome.result, 'verified')
  const {outcome} = await promote(promotionOf(dev, objects('2', answersWrongly)))
  assert.equal(outcome.result, 'rolledBack', outcome.message)
  assert.ok((outcome.rollbackSeconds ?? 0) > 0)
  assert.equal(await imageIn(dev.namespace, 'agent', 'daemonsets'), image('1', 'agent'))
  assert.deepEqual((await deploymentIn(dev.namespace)).spec.strategy, {type: 'Recreate'})
  const zero = await rollback({targets: [dev], to: '0'})
  assert.equal(zero.outcome.result, 'rolledBack', zero.outcome.message)
})

test('load that came since is carried: a rollback takes the larger count', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('larger'))
  await promote(promotionOf(dev, [web({replicas: 1})]))
  await promote(promotionOf(dev, [web({version: '2', replicas: 4})]))
  await rollback({targets: [dev]})
  assert.equal((await deploymentIn(dev.namespace)).spec.replicas, 4)
})

test('a StatefulSet that is stuck on a broken pod comes back', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('stuck'), {rolloutTimeout: 30_000})
  await promote(promotionOf(dev, [web({kind: 'StatefulSet', replicas: 2}), service()]))
  const broken = web({kind: 'StatefulSet', version: '2', replicas: 2, annotations: {'sim.progression.dev/image-pull-fails': 'true'}})
  const {outcome, events} = await promote(promotionOf(dev, [broken, service()]))
  assert.equal(outcome.result, 'rolledBack', outcome.message)
  assert.ok(events.some(event => event.kind === 'progress' && event.message.startsWith('Deletes pod web-1, which is not ready')))
  assert.equal(await imageIn(dev.namespace, 'web', 'statefulsets'), image('1'))
  const pods = await cluster.running.kubectl(['get', 'pods', '-n', dev.namespace, '-o', 'jsonpath={.items[*].spec.containers[0].image}'])
  assert.equal(pods.output, `${image('1')} ${image('1')}`)
})

test('where a second set of pods finds no room, the bad ones give way', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('room'), {smoke: [healthy]})
  const strategy = (maxSurge: number, maxUnavailable: number) => ({strategy: {rollingUpdate: {maxSurge, maxUnavailable}}})
  await promote(promotionOf(dev, [web({replicas: 4, spec: strategy(1, 0)}), service()]))
  await cluster.running.kubectl(['create', 'quota', 'full', '--hard=pods=4', '-n', dev.namespace])
  const bad = web({version: '2', replicas: 4, spec: strategy(0, 2), annotations: answersWrongly})
  const {outcome, events} = await promote(promotionOf(dev, [bad, service()]))
  assert.equal(outcome.result, 'rolledBack', outcome.message)
  assert.ok(outcome.rollbackSeconds !== undefined && outcome.rollbackSeconds < 60, `${outcome.rollbackSeconds} s`)
  assert.equal(await imageIn(dev.namespace), image('1'))
  assert.ok(events.some(event => event.kind === 'progress' && event.message.endsWith('find no room, so up to 25% of the bad ones give way')))
})

test('a rollback goes to a named release, and not to one that never passed', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('named'))
  const releases: string[] = []
  for (const version of ['1', '2', '3']) releases.push((await promote(promotionOf(dev, [web({version})]))).outcome.release)
  const none = await rollback({targets: [dev], to: 'r0000000000'})
  assert.equal(none.outcome.result, 'refused')
  assert.match(none.outcome.message, /has no verified revision r0000000000\. It can go back to: r/)
  const {outcome} = await rollback({targets: [dev], to: releases[0]})
  assert.equal(outcome.release, releases[0])
  assert.equal(await imageIn(dev.namespace), image('1'))
  const [status] = await engine.status([dev], never)
  assert.equal(status?.retained.find(({release}) => release === releases[2])?.verified, false, 'what was rolled back is verified no longer')
})

test('a rollback that was stopped is gone on with, and nothing is promoted over it', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('halfway'), {smoke: [healthy]})
  const slow = {'sim.progression.dev/ready-after': '4s'}
  const first = await promote(promotionOf(dev, [web({annotations: slow}), service()]))
  const stop = new AbortController()
  let last = ''
  const bad = promotionOf(dev, [web({version: '2', annotations: answersWrongly}), service(), web({name: 'added'})])
  for await (const event of engine.promote(bad, stop.signal)) {
    if (event.kind === 'phase' && event.phase === 'rollingBack') stop.abort()
    if (event.kind === 'outcome') last = `${event.outcome.result}: ${event.outcome.message}`
  }
  assert.match(last, /^blocked: .* the rollback was stopped; it is between r[0-9a-f]{10} and r[0-9a-f]{10}\. Go on with `progression rollback dev`\.$/)
  assert.equal((await engine.status([dev], never))[0]?.phase, 'rollingBack')
  assert.match(
    (await engine.plan(promotionOf(dev, [web({version: '3'})]), never)).refusals.join(),
    /local is rolling back since .*\. Wait for it, or go on with it/,
  )
  const {outcome} = await rollback({targets: [dev]})
  assert.equal(outcome.result, 'rolledBack', outcome.message)
  assert.equal(outcome.release, first.outcome.release)
  assert.equal(await imageIn(dev.namespace), image('1'))
  assert.equal((await deploymentIn(dev.namespace, 'added')).spec.replicas, 0, 'what only the bad release had runs no more')
})

test('a rollback takes a target over from a promotion under way, which stops', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('preempted'))
  await promote(promotionOf(dev, [web()]))
  const slow = promotionOf(dev, [web({version: '2', annotations: {'sim.progression.dev/ready-after': '60s'}})])
  let back: ReturnType<typeof rollback> | undefined
  let last = ''
  for await (const event of engine.promote(slow, never)) {
    if (event.kind === 'progress') back ??= rollback({targets: [dev]})
    if (event.kind === 'outcome') last = `${event.outcome.result}: ${event.outcome.message}`
  }
  assert.equal((await back)?.outcome.result, 'rolledBack')
  assert.match(last, /^blocked: dev: local has changed shop in dev in the meantime: it is (rollingBack|rolledBack) with revision 3/)
  assert.equal(await imageIn(dev.namespace), image('1'))
})

test('nothing promoted is nothing to roll back', cluster.needed, async () => {
  const {outcome} = await rollback({targets: [target('dev', await cluster.namespace('none'))]})
  assert.equal(outcome.result, 'refused')
  assert.equal(outcome.message, 'Nothing was promoted to dev yet: there is nothing to roll back.')
})
