import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {KubernetesObject} from '../../server/model/manifests.ts'
import {contentHash, normalise, stamp} from '../../server/promotion/normalise.ts'
import {configurationOf, type PodTemplate, podTemplateOf} from '../../server/promotion/pod-template.ts'
import {configMap, service, target, web} from './shop.ts'

const isNamespaced = ({kind}: KubernetesObject) => kind !== 'ClusterRole'
const normal = (...objects: KubernetesObject[]) => normalise(objects, 'staging', isNamespaced)
const named = (kind: string, rest: object = {}, apiVersion = 'v1'): KubernetesObject => ({apiVersion, kind, metadata: {name: 'x'}, ...rest})

test('objects get the namespace of the target, those without one excepted', () => {
  const {objects, refusals} = normal(web(), named('ClusterRole', {}, 'rbac.authorization.k8s.io/v1'))
  assert.deepEqual(refusals, [])
  assert.deepEqual(
    objects.map(({kind, metadata}) => [kind, metadata.namespace]),
    [
      ['ClusterRole', undefined],
      ['Deployment', 'staging'],
    ],
  )
})

test('an object of another namespace is refused', () => {
  assert.deepEqual(normal({...service(), metadata: {name: 'web', namespace: 'other'}}).refusals, [
    "Service web is rendered into namespace other, and the target's is staging.",
  ])
})

test('what is needed first comes first, whatever the order of the rendering', () => {
  const {objects} = normal(
    web(),
    named('HorizontalPodAutoscaler', {}, 'autoscaling/v2'),
    service(),
    configMap({}),
    named('ServiceAccount'),
    named('Certificate', {}, 'cert.example/v1'),
  )
  assert.deepEqual(
    objects.map(({kind}) => kind),
    ['ServiceAccount', 'ConfigMap', 'Service', 'Certificate', 'Deployment', 'HorizontalPodAutoscaler'],
  )
})

test('namespaces and definitions are there before and are not promoted', () => {
  const {objects, prerequisites} = normal(named('Namespace'), named('CustomResourceDefinition', {}, 'apiextensions.k8s.io/v1'), service())
  assert.equal(objects.length, 1)
  assert.deepEqual(
    prerequisites.map(({kind}) => kind),
    ['Namespace', 'CustomResourceDefinition'],
  )
})

test('what runs once is a step, and is refused with the way out', () => {
  const job = named('Job', {}, 'batch/v1')
  const hook = {...configMap({}), metadata: {name: 'h', annotations: {'helm.sh/hook': 'pre-upgrade'}}}
  const argo = {...configMap({}), metadata: {name: 'a', annotations: {'argocd.argoproj.io/hook': 'PreSync'}}}
  const {refusals} = normal(job, hook, argo, named('Pod'))
  assert.equal(refusals.length, 4)
  for (const refusal of refusals) assert.match(refusal, /Make it a (step|Deployment)/)
})

test('a Helm test is left out and said', () => {
  const {objects, remarks, refusals} = normal({...named('Pod'), metadata: {name: 't', annotations: {'helm.sh/hook': 'test-success'}}})
  assert.deepEqual([objects, refusals], [[], []])
  assert.deepEqual(remarks, ['Pod t is a Helm test and is left out.'])
})

test('the same object twice is refused, in another version of its group too', () => {
  assert.deepEqual(normal(web(), {...web(), apiVersion: 'apps/v1beta1'}).refusals, ['Deployment web is rendered twice.'])
})

test('lists are unfolded, status and creation times dropped, secrets encoded', () => {
  const secret = named('Secret', {stringData: {token: 'abc'}, data: {old: 'eA=='}})
  const dusty = {...configMap({}), status: {}, metadata: {name: 'settings', creationTimestamp: null}}
  const {objects} = normal({apiVersion: 'v1', kind: 'List', metadata: {name: ''}, items: [dusty, secret]})
  assert.deepEqual(objects[0], {...configMap({}), metadata: {name: 'settings', namespace: 'staging'}})
  assert.deepEqual(objects[1]?.data, {old: 'eA==', token: 'YWJj'})
  assert.equal(objects[1]?.stringData, undefined)
})

test('an object without a name or kind is refused', () => {
  const generated = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {generateName: 'x-'}} as unknown as KubernetesObject
  assert.match(normal(generated).refusals[0] ?? '', /without metadata.name/)
  assert.match(normal({metadata: {name: 'x'}} as unknown as KubernetesObject).refusals[0] ?? '', /without apiVersion or kind/)
})

const template: PodTemplate = {
  spec: {
    volumes: [
      {configMap: {name: 'volume-map'}},
      {secret: {secretName: 'volume-secret'}},
      {projected: {sources: [{configMap: {name: 'projected-map'}}, {secret: {name: 'projected-secret'}}]}},
    ],
    containers: [{name: 'main', env: [{valueFrom: {configMapKeyRef: {name: 'key-map'}}}], envFrom: [{secretRef: {name: 'from-secret'}}]}],
    initContainers: [{name: 'first', env: [{valueFrom: {secretKeyRef: {name: 'key-secret'}}}], envFrom: [{configMapRef: {name: 'from-map'}}]}],
  },
}

test('every way in which pods read configuration is seen', () => {
  const names = (kind: string) => configurationOf(template).flatMap(reference => (reference.kind === kind ? [reference.name] : []))
  assert.deepEqual(names('ConfigMap'), ['from-map', 'key-map', 'projected-map', 'volume-map'])
  assert.deepEqual(names('Secret'), ['from-secret', 'key-secret', 'projected-secret', 'volume-secret'])
})

const hashed = (objects: readonly KubernetesObject[], salt = 's') => {
  const workload = stamp(objects, target('dev', 'dev'), 'r1', salt).find(({kind}) => kind === 'Deployment')
  return workload && podTemplateOf(workload)?.metadata?.annotations?.['progression.dev/configuration']
}
const reading = (name: string) => web({container: {envFrom: [{configMapRef: {name}}]}})

test('the hash of what pods read follows its content, and nothing else', () => {
  const before = hashed([reading('settings'), configMap({a: '1'})])
  assert.match(before ?? '', /^[0-9a-f]{16}$/)
  assert.equal(hashed([configMap({a: '1'}), reading('settings'), configMap({b: '2'}, 'unrelated')]), before)
  assert.notEqual(hashed([reading('settings'), configMap({a: '2'})]), before)
  assert.notEqual(hashed([reading('settings'), configMap({a: '1'})], 'other'), before)
})

test('pods that read nothing rendered bear no hash', () => {
  assert.equal(hashed([web(), configMap({a: '1'})]), undefined)
  assert.equal(hashed([reading('kept-by-somebody-else'), configMap({a: '1'})]), undefined)
})

test('secrets count into the content by a salted hash', () => {
  const secret = named('Secret', {data: {token: 'YWJj'}})
  assert.equal(contentHash([secret], 's'), contentHash([secret], 's'))
  assert.notEqual(contentHash([secret], 's'), contentHash([secret], 't'))
  assert.notEqual(contentHash([secret], 's'), contentHash([named('Secret', {data: {token: 'eHl6'}})], 's'))
  assert.equal(contentHash([web()], 's'), contentHash([web()], 't'))
})
