import assert from 'node:assert/strict'
import {test} from 'node:test'
import {rollbackTime, slowestRollback} from '../../server/estimate/rollback-time.ts'
import type {KubernetesObject} from '../../server/model/manifests.ts'

type Given = {kind?: string; replicas?: number; strategy?: object; probe?: object; startup?: object; spec?: object; grace?: number; pull?: string}

function workload({kind = 'Deployment', replicas = 3, strategy, probe, startup, spec = {}, grace, pull}: Given = {}): KubernetesObject {
  const containers = [{name: 'main', readinessProbe: probe, startupProbe: startup, imagePullPolicy: pull}]
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: {name: 'web'},
    spec: {replicas, strategy, template: {spec: {containers, terminationGracePeriodSeconds: grace}}, ...spec},
  }
}

const probe = {initialDelaySeconds: 10, periodSeconds: 10}
const round = (seconds: number | undefined) => (seconds === undefined ? undefined : Math.round(seconds * 10) / 10)

test('the example of three replicas with default strategy: 69 s, and 25 s with a whole second set', () => {
  const declared = rollbackTime(workload({probe}), {boot: 8})
  assert.equal(declared?.pod.seconds, 23)
  assert.equal(round(declared?.completeSeconds), 69.3)
  assert.equal(round(rollbackTime(workload({probe}), {boot: 8, surge: 'full'})?.seconds), 25.3)
})

test('percentages of surge round up, of unavailability down', () => {
  const strategy = {rollingUpdate: {maxSurge: '25%', maxUnavailable: '25%'}}
  assert.equal(rollbackTime(workload({replicas: 10, strategy}))?.waves, 2)
  assert.equal(rollbackTime(workload({replicas: 4, strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}}))?.waves, 4)
  assert.equal(rollbackTime(workload({replicas: 4, strategy: {rollingUpdate: {maxSurge: '100%', maxUnavailable: 0}}}))?.waves, 1)
})

test('a strategy that would never move counts one unavailable', () => {
  assert.equal(rollbackTime(workload({replicas: 3, strategy: {rollingUpdate: {maxSurge: '0%', maxUnavailable: '1%'}}}))?.waves, 2)
})

test('Recreate takes the bad endpoints away at once and is complete after shutdown and start', () => {
  const time = rollbackTime(workload({strategy: {type: 'Recreate'}, grace: 10}))
  assert.equal(round(time?.seconds), 2.3)
  assert.equal(round(time?.completeSeconds), 13.3)
})

test('a StatefulSet goes back one pod after the other', () => {
  assert.equal(rollbackTime(workload({kind: 'StatefulSet', replicas: 3, grace: 2}))?.seconds, 15)
})

test('a DaemonSet goes back as many pods at a time as may be unavailable', () => {
  const spec = {updateStrategy: {rollingUpdate: {maxUnavailable: 2}}}
  assert.equal(rollbackTime(workload({kind: 'DaemonSet', replicas: 5, spec, grace: 1}), {replicas: 5})?.seconds, 12)
})

test('probes, pulls and minReadySeconds add up, and an unknown start is taken for 30 s', () => {
  assert.equal(rollbackTime(workload({probe: {periodSeconds: 5}, spec: {minReadySeconds: 7}, pull: 'Always'}))?.pod.seconds, 3 + 2 + 35 + 7)
  assert.equal(rollbackTime(workload({startup: {periodSeconds: 2}, probe: {periodSeconds: 5}}), {boot: 4})?.pod.seconds, 3 + 6 + 1)
})

test('what runs now counts more than what is declared', () => {
  assert.equal(rollbackTime(workload({replicas: 2}), {replicas: 40})?.waves, 2)
  assert.equal(rollbackTime(workload({replicas: 0}))?.waves, 0)
})

test('the slowest workload decides, and what has no rollout is left out', () => {
  const service = {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web'}}
  const slow = workload({kind: 'StatefulSet', replicas: 9})
  assert.equal(slowestRollback([service, workload(), slow], new Map(), 'full')?.workload, 'StatefulSet web')
  assert.equal(slowestRollback([workload()], new Map([['Deployment/web', 0]]), 'full')?.waves, 0)
  assert.equal(slowestRollback([service], new Map(), 'full'), undefined)
})
