import type {KubernetesObject} from '../model/manifests.ts'
import {annotations} from './names.ts'
import {isAutoscaled, replicasOf, withReplicas} from './replicas.ts'

type Strategy = {readonly type?: string; readonly rollingUpdate?: {readonly maxSurge?: number | string; readonly maxUnavailable?: number | string}}
type DeploymentSpec = {readonly strategy?: Strategy; readonly paused?: boolean}

const deploymentSpec = (object: KubernetesObject): DeploymentSpec => (object.spec ?? {}) as DeploymentSpec

/** How far the bad pods must give way: not at all while there is room for a second set, then more and more. */
export const unavailableSteps = [undefined, '25%', '50%'] as const
export type UnavailableStep = (typeof unavailableSteps)[number]

/**
 * A recorded Deployment as a rollback applies it: a second whole set of pods beside the bad one, so that one round is enough. A Recreate
 * stays one: its author said that two versions must never run together. A paused one would never go back, so the pause ends.
 */
export function hurried(recorded: KubernetesObject, live: KubernetesObject | undefined, unavailable: UnavailableStep): KubernetesObject {
  if (recorded.kind !== 'Deployment') return recorded
  const {strategy} = deploymentSpec(recorded)
  const paused = live !== undefined && deploymentSpec(live).paused === true ? {paused: false} : {}
  const maxUnavailable = larger(strategy?.rollingUpdate?.maxUnavailable ?? '25%', unavailable, replicasOf(recorded))
  const rolling = strategy?.type === 'Recreate' ? {} : {strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: '100%', maxUnavailable}}}
  return {...recorded, spec: {...(recorded.spec as object), ...rolling, ...paused}}
}

/** What was declared, unless the step lets more pods give way. */
function larger(declared: number | string, step: UnavailableStep, replicas: number): number | string {
  const pods = (amount: number | string) => (typeof amount === 'number' ? amount : Math.floor((Number.parseFloat(amount) / 100) * replicas))
  return step !== undefined && pods(step) > pods(declared) ? step : declared
}

/**
 * A ReplicaSet whose pods were refused tries again ever more rarely. A Deployment hands its annotations on to it, and being written it
 * tries at once.
 */
export const woken = (deployment: KubernetesObject, times: number): KubernetesObject => ({
  ...deployment,
  metadata: {...deployment.metadata, annotations: {...deployment.metadata.annotations, [annotations.woken]: String(times)}},
})

/** Whether a rollback changed the strategy, so that it must be put back afterwards. */
export const isHurried = (recorded: KubernetesObject): boolean => recorded.kind === 'Deployment' && deploymentSpec(recorded).strategy?.type !== 'Recreate'

/** With the larger of the live and the recorded count: load that came since must be carried too. What an autoscaler decides is left to the apply. */
export function withEnoughReplicas(recorded: KubernetesObject, live: KubernetesObject | undefined, autoscaled: ReadonlySet<string>): KubernetesObject {
  const counted = recorded.kind === 'Deployment' || recorded.kind === 'StatefulSet'
  if (!counted || live === undefined || isAutoscaled(recorded, autoscaled)) return recorded
  return withReplicas(recorded, Math.max(replicasOf(live), replicasOf(recorded)))
}

/** No node has this label. */
const nowhere = {'progression.dev/scaled-to': 'zero'}

/** A workload that runs nothing, or undefined for what runs nothing anyhow. */
export function scaledToZero(object: KubernetesObject): KubernetesObject | undefined {
  const spec = (object.spec ?? {}) as {template?: {spec?: {nodeSelector?: object}}}
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
      return withReplicas(object, 0)
    case 'DaemonSet':
      return {
        ...object,
        spec: {...spec, template: {...spec.template, spec: {...spec.template?.spec, nodeSelector: {...spec.template?.spec?.nodeSelector, ...nowhere}}}},
      }
    case 'CronJob':
      return {...object, spec: {...spec, suspend: true}}
    default:
      return undefined
  }
}
