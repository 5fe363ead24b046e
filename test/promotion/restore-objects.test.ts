import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {KubernetesObject} from '../../server/model/manifests.ts'
import {autoscaled, keepReplicas} from '../../server/promotion/replicas.ts'
import {hurried, isHurried, scaledToZero, withEnoughReplicas} from '../../server/promotion/restore-objects.ts'
import {service, web} from './shop.ts'

type Spec = {replicas?: number; strategy?: object; paused?: boolean; suspend?: boolean; template?: {spec?: {nodeSelector?: object}}}
const spec = (object: KubernetesObject | undefined): Spec => (object?.spec ?? {}) as Spec
const declared = (strategy: object) => web({spec: {strategy}})

test('a rollback puts a whole second set of pods beside the bad one', () => {
  const back = hurried(declared({rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}), undefined, undefined)
  assert.deepEqual(spec(back).strategy, {type: 'RollingUpdate', rollingUpdate: {maxSurge: '100%', maxUnavailable: 0}})
  assert.deepEqual(spec(hurried(web(), undefined, '50%')).strategy, {type: 'RollingUpdate', rollingUpdate: {maxSurge: '100%', maxUnavailable: '50%'}})
})

test('the bad pods give way further, and never less than was declared', () => {
  const unavailable = (declared: number | string, step: '25%' | '50%') => {
    const {rollingUpdate} = spec(hurried(web({replicas: 8, spec: {strategy: {rollingUpdate: {maxUnavailable: declared}}}}), undefined, step)).strategy as {
      rollingUpdate: {maxUnavailable: unknown}
    }
    return rollingUpdate.maxUnavailable
  }
  assert.equal(unavailable(0, '25%'), '25%')
  assert.equal(unavailable(3, '25%'), 3)
  assert.equal(unavailable('30%', '50%'), '50%')
})

test('Recreate stays: two versions must not run together', () => {
  const recreate = declared({type: 'Recreate'})
  assert.deepEqual(spec(hurried(recreate, undefined, undefined)).strategy, {type: 'Recreate'})
  assert.equal(isHurried(recreate), false)
  assert.equal(isHurried(web()), true)
})

test('a paused Deployment is set going again', () => {
  assert.equal(spec(hurried(web(), web({spec: {paused: true}}), undefined)).paused, false)
  assert.equal('paused' in spec(hurried(web(), web(), undefined)), false)
})

test('what is no Deployment is left as it was recorded', () => {
  const recorded = service()
  assert.equal(hurried(recorded, undefined, undefined), recorded)
})

test('the larger of live and recorded replicas carries the load', () => {
  const count = (recorded: number, live: number) => spec(withEnoughReplicas(web({replicas: recorded}), web({replicas: live}), new Set())).replicas
  assert.equal(count(2, 5), 5)
  assert.equal(count(5, 2), 5)
  assert.equal(spec(withEnoughReplicas(web({replicas: 2}), undefined, new Set())).replicas, 2)
})

const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: {name: 'web'},
  spec: {scaleTargetRef: {kind: 'Deployment', name: 'web'}},
}

test('what an autoscaler decides is not decided here, but kept under its version', () => {
  const targets = autoscaled([autoscaler, service()])
  assert.deepEqual([...targets], ['Deployment/web'])
  assert.equal(spec(withEnoughReplicas(web({replicas: 2}), web({replicas: 5}), targets)).replicas, 2)
  const live = {...web({replicas: 7}), metadata: {name: 'web', resourceVersion: '41'}}
  const kept = keepReplicas(web({replicas: 2}), live)
  assert.equal(spec(kept).replicas, 7)
  assert.equal(kept.metadata.resourceVersion, '41')
})

test('each kind of workload has its own way to run nothing', () => {
  assert.equal(spec(scaledToZero(web())).replicas, 0)
  assert.equal(spec(scaledToZero(web({kind: 'StatefulSet'}))).replicas, 0)
  assert.deepEqual(spec(scaledToZero({...web(), kind: 'DaemonSet'})).template?.spec?.nodeSelector, {'progression.dev/scaled-to': 'zero'})
  assert.equal(spec(scaledToZero({apiVersion: 'batch/v1', kind: 'CronJob', metadata: {name: 'x'}, spec: {}})).suspend, true)
  assert.equal(scaledToZero(service()), undefined)
})
