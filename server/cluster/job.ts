import type {KubernetesObject} from '../model/manifests.ts'
import {conditionOf} from './pod.ts'

export type JobStatus = {readonly state: 'running' | 'succeeded' | 'failed'; readonly message: string}

/** How a Job stands. `FailureTarget` and `SuccessCriteriaMet` come before `Failed` and `Complete`, which wait for the pods to end (1.31). */
export function jobStatus(job: KubernetesObject): JobStatus {
  const name = `Job ${job.metadata.name}`
  for (const type of ['FailureTarget', 'Failed']) {
    const condition = conditionOf(job, type)
    if (condition?.status === 'True') return {state: 'failed', message: `${name} failed: ${condition.message || condition.reason || 'no reason given'}`}
  }
  for (const type of ['SuccessCriteriaMet', 'Complete']) {
    if (conditionOf(job, type)?.status === 'True') return {state: 'succeeded', message: `${name} succeeded`}
  }
  return {state: 'running', message: `${name} runs`}
}
