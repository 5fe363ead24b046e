import assert from 'node:assert/strict'
import {test} from 'node:test'
import {takeOver} from '../../server/cluster/managed-fields.ts'
import {namespaceOwner, ownerOf} from '../../server/cluster/ownership.ts'
import type {KubernetesObject} from '../../server/model/manifests.ts'

type Metadata = Partial<KubernetesObject['metadata']>
const deployment = (metadata: Metadata = {}): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {name: 'web', namespace: 'staging', ...metadata},
})
const owner = (metadata: Metadata) => {
  const found = ownerOf(deployment(metadata))
  return found && `${found.tool} ${found.name}`
}

test('nobody owns what only people and we have written', () => {
  const managedFields = [{manager: 'kubectl-edit'}, {manager: 'progression'}]
  assert.equal(owner({managedFields, labels: {'app.kubernetes.io/instance': 'web', 'app.kubernetes.io/managed-by': 'Helm'}}), undefined)
})

test('Argo CD is known by a tracking id that speaks of the object itself', () => {
  const tracked = (itself: string) => owner({annotations: {'argocd.argoproj.io/tracking-id': `shop:${itself}`}})
  assert.equal(tracked('apps/Deployment:staging/web'), 'Argo CD Application shop')
  assert.equal(tracked('apps/Deployment:staging/other'), undefined, 'a copy carries the id of what it was copied from')
  assert.equal(owner({managedFields: [{manager: 'argocd-controller'}]}), 'Argo CD an Application')
})

test('Flux is known by its labels', () => {
  const by = (controller: string) =>
    owner({labels: {[`${controller}.toolkit.fluxcd.io/name`]: 'shop', [`${controller}.toolkit.fluxcd.io/namespace`]: 'flux-system'}})
  assert.equal(by('kustomize'), 'Flux Kustomization flux-system/shop')
  assert.equal(by('helm'), 'Flux HelmRelease flux-system/shop')
})

test('Helm is known by label and annotation together', () => {
  const labels = {'app.kubernetes.io/managed-by': 'Helm'}
  assert.equal(owner({labels, annotations: {'meta.helm.sh/release-name': 'shop'}}), 'Helm release shop')
})

test('an operator is known by its controlling reference', () => {
  const reference = {uid: 'u', kind: 'Shop', name: 'main'}
  assert.equal(owner({ownerReferences: [{...reference, controller: true}]}), 'operator Shop main')
  assert.equal(owner({ownerReferences: [reference]}), undefined)
})

test('a Rollout belongs to Argo Rollouts, a project namespace to Kargo', () => {
  assert.equal(ownerOf({apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: {name: 'web'}})?.tool, 'Argo Rollouts')
  const namespace = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop', labels: {'kargo.akuity.io/project': 'true'}}}
  assert.equal(namespaceOwner(namespace)?.name, 'project shop')
  assert.equal(namespaceOwner({...namespace, metadata: {name: 'shop'}}), undefined)
})

test('fields that kubectl wrote client-side become ours, others stay', () => {
  const managedFields = [
    {manager: 'kubectl-client-side-apply', operation: 'Update', apiVersion: 'apps/v1', fieldsV1: {'f:spec': {'f:replicas': {}}}},
    {manager: 'progression', operation: 'Apply', fieldsV1: {'f:spec': {'f:paused': {}}}},
    {manager: 'kube-controller-manager', operation: 'Update', subresource: 'status', fieldsV1: {}},
    {manager: 'kubectl', operation: 'Update', subresource: 'scale', fieldsV1: {}},
  ]
  const patch = takeOver(deployment({managedFields, resourceVersion: '7'}), 'progression') as {path: string; value: unknown}[]
  const [fields, version] = patch
  const entries = fields?.value as {manager: string; operation: string; fieldsV1: object}[]
  assert.deepEqual(
    entries.map(({manager, operation}) => [manager, operation]),
    [
      ['progression', 'Apply'],
      ['kube-controller-manager', 'Update'],
      ['kubectl', 'Update'],
    ],
  )
  assert.deepEqual(entries[0]?.fieldsV1, {'f:spec': {'f:paused': {}, 'f:replicas': {}}})
  assert.deepEqual(version, {op: 'replace', path: '/metadata/resourceVersion', value: '7'})
  assert.equal(takeOver(deployment({managedFields: managedFields.slice(1)}), 'progression'), undefined)
})
