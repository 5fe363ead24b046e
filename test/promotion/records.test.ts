import assert from 'node:assert/strict'
import {randomBytes} from 'node:crypto'
import {test} from 'node:test'
import type {KubernetesObject} from '../../server/model/manifests.ts'
import {canonical, hashOf} from '../../server/promotion/canonical.ts'
import {dnsName, labelValue, payloadName, stateName} from '../../server/promotion/names.ts'
import {decodePayload, encodePayload, partSize, payloadOf} from '../../server/promotion/payload.ts'
import {recordable} from '../../server/promotion/recordable.ts'
import {mask, recordOf} from '../../server/promotion/secrets.ts'
import {configMap, target, web} from './shop.ts'

const secret = (data: Record<string, string>): KubernetesObject => ({apiVersion: 'v1', kind: 'Secret', metadata: {name: 'keys'}, type: 'Opaque', data})

test('canonical text does not depend on the order of keys', () => {
  assert.equal(canonical({b: [2, {y: 1, x: undefined}], a: null}), '{"a":null,"b":[2,{"y":1}]}')
  assert.equal(hashOf({a: 1, b: 2}), hashOf({b: 2, a: 1}))
})

test('a payload comes back as it was, and a damaged one does not', () => {
  const payload = payloadOf([web(), configMap({a: '1'})], 's')
  const {parts, hash} = encodePayload(payload)
  assert.equal(parts.length, 1)
  assert.deepEqual(decodePayload(parts, hash), payload)
  assert.equal(decodePayload(parts, hashOf('other')), undefined)
  assert.equal(decodePayload([Buffer.from('no gzip')], hash), undefined)
})

test('a payload too big for one ConfigMap is cut into parts that each fit', () => {
  const payload = payloadOf([configMap({noise: randomBytes(1_500_000).toString('base64')})], 's')
  const {parts, hash} = encodePayload(payload)
  assert.ok(parts.length > 1)
  for (const part of parts) assert.ok(part.length <= partSize)
  assert.deepEqual(decodePayload(parts, hash), payload)
  assert.equal(decodePayload(parts.slice(0, 1), hash), undefined)
})

test('of a Secret only name, keys and a salted hash are recorded', () => {
  const payload = payloadOf([secret({token: Buffer.from('planted').toString('base64'), zone: 'ZXU='})], 's')
  assert.deepEqual(payload.objects, [])
  assert.deepEqual(
    payload.secrets.map(({name, keys}) => [name, keys]),
    [['keys', ['token', 'zone']]],
  )
  assert.notEqual(payload.secrets[0]?.hash, recordOf(secret({token: 'eA==', zone: 'ZXU='}), 's').hash)
  assert.doesNotMatch(JSON.stringify(payload), /planted|cGxhbnRlZ|ZXU=/)
})

test('shown secrets say which values differ and none of them', () => {
  const [before, after] = mask(secret({same: 'YQ==', changed: 'Yg==', gone: 'Yw=='}), secret({same: 'YQ==', changed: 'ZA==', added: 'ZQ=='}))
  assert.deepEqual(before?.data, {same: '***', changed: '*** (before)', gone: '***'})
  assert.deepEqual(after?.data, {same: '***', changed: '*** (after)', added: '***'})
})

test('what kubectl remembers of a Secret is not shown either', () => {
  const applied = {...secret({a: 'YQ=='}), metadata: {name: 'keys', annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"a":"YQ=="}}'}}}
  assert.doesNotMatch(JSON.stringify(mask(applied, applied)), /YQ==/)
})

test('a live object is recorded without what servers and controllers write', () => {
  const live: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'web',
      namespace: 'n',
      uid: 'u',
      resourceVersion: '7',
      generation: 2,
      managedFields: [],
      creationTimestamp: 'now',
      labels: {app: 'web'},
      annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{}', 'progression.dev/release': 'r1', owner: 'shop'},
    },
    spec: {clusterIP: '10.0.0.7', clusterIPs: ['10.0.0.7'], ports: [{port: 80}]},
    status: {loadBalancer: {}},
  }
  assert.deepEqual(recordable(live), {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name: 'web', namespace: 'n', labels: {app: 'web'}, annotations: {owner: 'shop'}},
    spec: {ports: [{port: 80}]},
  })
})

test('a headless Service stays headless', () => {
  const live = {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web'}, spec: {clusterIP: 'None', clusterIPs: ['None']}}
  assert.deepEqual(recordable(live).spec, live.spec)
})

test('records are named after progression, environment and target', () => {
  assert.equal(stateName(target('staging', 'n')), 'progression-shop-staging')
  assert.equal(payloadName({...target('staging', 'n'), target: 'eu'}, 7, 0), 'progression-shop-staging-eu-r7-0')
})

test('names that Kubernetes would not take are made fit and kept apart', () => {
  const one = dnsName('progression-Shop_EU-dev', 63)
  assert.match(one, /^progression-shop-eu-dev-[0-9a-f]{8}$/)
  assert.notEqual(one, dnsName('progression-Shop.EU-dev', 63))
  assert.equal(dnsName('a'.repeat(80), 63).length, 63)
  assert.equal(labelValue('Team_A.1'), 'Team_A.1')
  assert.match(labelValue('two words'), /^two-words-[0-9a-f]{8}$/)
})
