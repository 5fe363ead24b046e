import type {KubernetesObject} from '../model/manifests.ts'
import {conditionOf} from './pod.ts'

export type RolloutStatus = {readonly state: 'waiting' | 'done' | 'failed'; readonly message: string}

type Numbers = Readonly<Record<string, number | undefined>>
const numbersOf = (part: unknown): Numbers => (part ?? {}) as Numbers

const waiting = (message: string): RolloutStatus => ({state: 'waiting', message})
const done = (message: string): RolloutStatus => ({state: 'done', message})

/** Whether a rollout has come through, as `kubectl rollout status` decides it (kubectl, pkg/polymorphichelpers/rollout_status.go). */
export function rolloutStatus(workload: KubernetesObject): RolloutStatus {
  switch (workload.kind) {
    case 'Deployment':
      return deployment(workload)
    case 'StatefulSet':
      return statefulSet(workload)
    case 'DaemonSet':
      return daemonSet(workload)
    default:
      return done(`${workload.kind} ${workload.metadata.name} has no rollout`)
  }
}

const isUnobserved = (workload: KubernetesObject): boolean => (workload.metadata.generation ?? 0) > (numbersOf(workload.status).observedGeneration ?? 0)

function deployment(workload: KubernetesObject): RolloutStatus {
  const name = `Deployment ${workload.metadata.name}`
  if (isUnobserved(workload)) return waiting(`${name}: the controller has not seen the change yet`)
  const progressing = conditionOf(workload, 'Progressing')
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    return {state: 'failed', message: `${name} exceeded its progress deadline: ${progressing.message ?? ''}`}
  const {replicas: wanted} = numbersOf(workload.spec)
  const {updatedReplicas: updated = 0, replicas = 0, availableReplicas: available = 0} = numbersOf(workload.status)
  if (wanted !== undefined && updated < wanted) return waiting(`${name}: ${updated} of ${wanted} pods are new`)
  // Pods that already terminate are not counted in status.replicas, and so not here either.
  if (replicas > updated) return waiting(`${name}: ${replicas - updated} old pods are left`)
  if (available < updated) return waiting(`${name}: ${available} of ${updated} new pods are available`)
  return done(`${name}: ${available} pods are available`)
}

function statefulSet(workload: KubernetesObject): RolloutStatus {
  const name = `StatefulSet ${workload.metadata.name}`
  const strategy = (workload.spec as {updateStrategy?: {type?: string; rollingUpdate?: {partition?: number}}} | undefined)?.updateStrategy
  if (strategy?.type === 'OnDelete') return done(`${name} updates its pods only when they are deleted`)
  const status = numbersOf(workload.status)
  if ((status.observedGeneration ?? 0) === 0 || isUnobserved(workload)) return waiting(`${name}: the controller has not seen the change yet`)
  const {replicas = 1} = numbersOf(workload.spec)
  const {readyReplicas: ready = 0, updatedReplicas: updated = 0} = status
  if (ready < replicas) return waiting(`${name}: ${ready} of ${replicas} pods are ready`)
  const partition = strategy?.rollingUpdate?.partition ?? 0
  if (updated < replicas - partition) return waiting(`${name}: ${updated} of ${replicas - partition} pods are new`)
  const {updateRevision, currentRevision} = (workload.status ?? {}) as {updateRevision?: string; currentRevision?: string}
  if (partition === 0 && updateRevision !== currentRevision) return waiting(`${name}: ${updated} of ${replicas} pods are new`)
  return done(`${name}: ${ready} pods are ready`)
}

function daemonSet(workload: KubernetesObject): RolloutStatus {
  const name = `DaemonSet ${workload.metadata.name}`
  const strategy = (workload.spec as {updateStrategy?: {type?: string}} | undefined)?.updateStrategy
  if (strategy?.type === 'OnDelete') return done(`${name} updates its pods only when they are deleted`)
  if (isUnobserved(workload)) return waiting(`${name}: the controller has not seen the change yet`)
  const {desiredNumberScheduled: desired = 0, updatedNumberScheduled: updated = 0, numberAvailable: available = 0} = numbersOf(workload.status)
  if (updated < desired) return waiting(`${name}: ${updated} of ${desired} pods are new`)
  if (available < desired) return waiting(`${name}: ${available} of ${desired} pods are available`)
  return done(`${name}: ${available} pods are available`)
}
