import assert from 'node:assert/strict'
import {randomBytes} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'
import {gunzipSync} from 'node:zlib'
import type {KubernetesObject} from '../../server/model/manifests.ts'
import {useCluster} from '../cluster/shared.ts'
import {answersWrongly, configMap, engineOn, follow, healthy, live, never, promotionOf, service, target, web} from './shop.ts'

const cluster = await useCluster()
const engine = engineOn(cluster)

const planted = ['planted-secret-one', 'planted-secret-two', 'planted-in-stringdata']
const encoded = (text: string) => Buffer.from(text).toString('base64')
const secret = (value: string, name = 'keys'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {name},
  data: {password: encoded(value)},
  stringData: {token: planted[2] ?? ''},
})
const reading = (version: string, rest = {}) => web({version, container: {envFrom: [{secretRef: {name: 'keys'}}]}, ...rest})

/** Every way in which a planted value or the user's own token could show. */
function leaks(): RegExp {
  const {users} = JSON.parse(readFileSync(cluster.running.kubeconfig, 'utf8')) as {users: {user: {token: string}}[]}
  const words = [...planted, ...users.map(({user}) => user.token)]
  return new RegExp([...words, ...words.map(encoded)].map(word => word.replaceAll(/[+/=]/g, '\\$&')).join('|'))
}

test('no secret and no token gets into a plan, an event, a record or a status', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('secrets'), {smoke: [healthy]})
  const first = promotionOf(dev, [reading('1'), service(), secret(planted[0] ?? '')])
  const second = promotionOf(dev, [reading('2', {annotations: answersWrongly}), service(), secret(planted[1] ?? '')])
  const said: unknown[] = [
    await engine.plan(first, never),
    await follow(engine.promote(first, never)),
    await engine.plan(second, never),
    await follow(engine.promote(second, never)),
  ]
  said.push(await engine.planRollback({targets: [dev]}, never), await follow(engine.rollback({targets: [dev]}, never)), await engine.status([dev], never))
  const {items} = (await live(cluster, `/api/v1/namespaces/${dev.namespace}/configmaps`)) as unknown as {items: KubernetesObject[]}
  const records = items.filter(({metadata}) => metadata.name.startsWith('progression-'))
  assert.ok(records.length >= 3)
  const payloads = records
    .flatMap(({binaryData}) => Object.values((binaryData ?? {}) as Record<string, string>))
    .map(part => gunzipSync(Buffer.from(part, 'base64')).toString())
  assert.ok(
    payloads.some(text => text.includes('"keys":["password","token"]')),
    'the name and the keys are recorded',
  )
  const events = await live(cluster, `/api/v1/namespaces/${dev.namespace}/events`)
  assert.doesNotMatch(JSON.stringify([said, items, payloads, events]), leaks())
  const change = (said[2] as Awaited<ReturnType<typeof engine.plan>>).targets[0]?.changes.find(({kind}) => kind === 'Secret')
  assert.match(change?.diff ?? '', /^- {2}password: "?\*\*\* \(before\)"?\n\+ {2}password: "?\*\*\* \(after\)"?/m)
  assert.ok(!leaks().test('nothing'))
})

test('a rollback leaves a Secret of the same name as it is, and pods follow the configuration they roll back to', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('same-named'))
  await follow(engine.promote(promotionOf(dev, [reading('1'), secret('one')]), never))
  await follow(engine.promote(promotionOf(dev, [reading('2'), secret('two')]), never))
  const plan = await engine.planRollback({targets: [dev]}, never)
  assert.deepEqual(plan.remarks, ['Secrets stay as they are: keys.'])
  const {outcome} = await follow(engine.rollback({targets: [dev]}, never))
  assert.equal(outcome.result, 'rolledBack', outcome.message)
  const kept = await live(cluster, `/api/v1/namespaces/${dev.namespace}/secrets/keys`)
  assert.equal((kept?.data as Record<string, string> | undefined)?.password, encoded('two'))
})

test('a hash-named Secret lives as long as a revision that may be gone back to uses it', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('hash-named'))
  for (const version of ['1', '2']) {
    const {outcome} = await follow(
      engine.promote(promotionOf(dev, [web({version}), secret('x', `keys-${version}`), configMap({}, `settings-${version}`)]), never),
    )
    assert.equal(outcome.result, 'verified', outcome.message)
  }
  assert.ok(await live(cluster, `/api/v1/namespaces/${dev.namespace}/secrets/keys-1`))
  assert.equal(await live(cluster, `/api/v1/namespaces/${dev.namespace}/configmaps/settings-1`), undefined, 'what is recorded can be made again')
  const {outcome} = await follow(engine.rollback({targets: [dev]}, never))
  assert.equal(outcome.result, 'rolledBack', outcome.message)
  assert.ok(await live(cluster, `/api/v1/namespaces/${dev.namespace}/configmaps/settings-1`))
})

test('a payload too big for one ConfigMap is kept in several and comes back whole', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('chunks'))
  const noise = ['a', 'b'].map(name => configMap({noise: randomBytes(500_000).toString('base64')}, name))
  await follow(engine.promote(promotionOf(dev, [web(), ...noise]), never))
  const parts = await Promise.all([0, 1].map(part => live(cluster, `/api/v1/namespaces/${dev.namespace}/configmaps/progression-shop-dev-r1-${part}`)))
  for (const part of parts) assert.equal(part?.immutable, true)
  await follow(engine.promote(promotionOf(dev, [web({version: '2'})]), never))
  assert.equal(await live(cluster, `/api/v1/namespaces/${dev.namespace}/configmaps/a`), undefined)
  const {outcome} = await follow(engine.rollback({targets: [dev]}, never))
  assert.equal(outcome.result, 'rolledBack', outcome.message)
  assert.deepEqual((await live(cluster, `/api/v1/namespaces/${dev.namespace}/configmaps/b`))?.data, noise[1]?.data)
})

test('a record that was tampered with is not gone back to', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('tampered'))
  await follow(engine.promote(promotionOf(dev, [web()]), never))
  await follow(engine.promote(promotionOf(dev, [web({version: '2'})]), never))
  const path = `/api/v1/namespaces/${dev.namespace}/configmaps`
  const record = await live(cluster, `${path}/progression-shop-dev-r1-0`)
  await cluster.running.api.delete(`${path}/progression-shop-dev-r1-0`)
  const {name, labels} = record?.metadata ?? {}
  await cluster.running.api.create(path, {metadata: {name, labels}, binaryData: {payload: Buffer.from('other').toString('base64')}})
  const {outcome} = await follow(engine.rollback({targets: [dev]}, never))
  assert.equal(outcome.result, 'rollbackFailed')
  assert.match(outcome.message, /The record of revision 1 \(progression-shop-dev-r1-0\) is damaged/)
})
