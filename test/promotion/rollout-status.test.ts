import assert from 'node:assert/strict'
import {test} from 'node:test'
import {jobStatus} from '../../server/cluster/job.ts'
import {troubleOf, unscheduledSince} from '../../server/cluster/pod.ts'
import {rolloutStatus} from '../../server/cluster/rollout.ts'
import type {KubernetesObject} from '../../server/model/manifests.ts'

function object(kind: string, status: object, {spec = {}, generation = 1}: {spec?: object; generation?: number} = {}): KubernetesObject {
  return {apiVersion: 'apps/v1', kind, metadata: {name: 'web', generation}, spec: {replicas: 3, ...spec}, status: {observedGeneration: 1, ...status}}
}
const state = (...given: Parameters<typeof object>) => rolloutStatus(object(...given)).state
const complete = {replicas: 3, updatedReplicas: 3, availableReplicas: 3, readyReplicas: 3}

test('a Deployment is through when all pods are new, no old one is left, and all are available', () => {
  assert.equal(state('Deployment', complete), 'done')
  assert.equal(state('Deployment', {...complete, updatedReplicas: 2}), 'waiting')
  assert.equal(state('Deployment', {...complete, replicas: 4}), 'waiting')
  assert.equal(state('Deployment', {...complete, availableReplicas: 2}), 'waiting')
  assert.equal(state('Deployment', complete, {generation: 2}), 'waiting')
})

test('a Deployment past its progress deadline has failed', () => {
  const conditions = [{type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out'}]
  assert.equal(state('Deployment', {...complete, updatedReplicas: 1, conditions}), 'failed')
})

test('a StatefulSet is through when its revisions are one', () => {
  const revisions = {updateRevision: 'b', currentRevision: 'b'}
  assert.equal(state('StatefulSet', {...complete, ...revisions}), 'done')
  assert.equal(state('StatefulSet', {...complete, updateRevision: 'b', currentRevision: 'a'}), 'waiting')
  assert.equal(state('StatefulSet', {...complete, ...revisions, readyReplicas: 2}), 'waiting')
  assert.equal(state('StatefulSet', {...complete, ...revisions, observedGeneration: 0}), 'waiting')
})

test('a partition keeps its part of a StatefulSet old', () => {
  const spec = {updateStrategy: {rollingUpdate: {partition: 2}}}
  assert.equal(state('StatefulSet', {...complete, updatedReplicas: 1, updateRevision: 'b', currentRevision: 'a'}, {spec}), 'done')
  assert.equal(state('StatefulSet', {...complete, updatedReplicas: 0}, {spec}), 'waiting')
})

test('a DaemonSet is through when every node has a new, available pod', () => {
  const all = {desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2}
  assert.equal(state('DaemonSet', all), 'done')
  assert.equal(state('DaemonSet', {...all, updatedNumberScheduled: 1}), 'waiting')
  assert.equal(state('DaemonSet', {...all, numberAvailable: 1}), 'waiting')
})

test('what updates only when deleted is not waited for', () => {
  const spec = {updateStrategy: {type: 'OnDelete'}}
  assert.equal(state('StatefulSet', {}, {spec}), 'done')
  assert.equal(state('DaemonSet', {}, {spec}), 'done')
})

const pod = (status: object, metadata: object = {}): KubernetesObject => ({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-1', ...metadata}, status})
const waits = (reason: string, restartCount = 0) => pod({containerStatuses: [{name: 'main', restartCount, state: {waiting: {reason, message: 'why'}}}]})

test('pods that waiting will not help are trouble, those that may recover after a while', () => {
  assert.deepEqual(troubleOf(waits('ImagePullBackOff')), {
    key: 'web-1 ImagePullBackOff',
    message: 'pod web-1: container main is in ImagePullBackOff: why',
    patience: 0,
  })
  assert.equal(troubleOf(waits('ErrImagePull'))?.patience, 15_000)
  assert.equal(troubleOf(waits('CrashLoopBackOff', 1)), undefined)
  assert.match(troubleOf(waits('CrashLoopBackOff', 2))?.message ?? '', /container main crashes, restarted 2 times/)
  assert.equal(troubleOf(waits('ContainerCreating')), undefined)
})

test('a pod that is ending is nobody’s trouble', () => {
  assert.equal(troubleOf({...waits('ImagePullBackOff'), metadata: {name: 'web-1', deletionTimestamp: 'now'}}), undefined)
})

test('a pod without a node is trouble once it has waited long', () => {
  const conditions = [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes', lastTransitionTime: '2026-01-01T00:00:00Z'}]
  assert.deepEqual(troubleOf(pod({conditions}))?.patience, 60_000)
  assert.equal(unscheduledSince(pod({conditions})), Date.UTC(2026, 0, 1))
  assert.equal(unscheduledSince(pod({conditions: [{type: 'PodScheduled', status: 'True'}]})), undefined)
})

const job = (...conditions: object[]): KubernetesObject => ({apiVersion: 'batch/v1', kind: 'Job', metadata: {name: 'smoke'}, status: {conditions}})

test('a Job tells its end before its pods have ended', () => {
  assert.equal(jobStatus(job()).state, 'running')
  assert.equal(jobStatus(job({type: 'SuccessCriteriaMet', status: 'True'})).state, 'succeeded')
  assert.equal(jobStatus(job({type: 'Complete', status: 'True'})).state, 'succeeded')
  assert.deepEqual(jobStatus(job({type: 'FailureTarget', status: 'True', reason: 'BackoffLimitExceeded', message: 'too often'})), {
    state: 'failed',
    message: 'Job smoke failed: too often',
  })
  assert.equal(jobStatus(job({type: 'Failed', status: 'False'})).state, 'running')
})
