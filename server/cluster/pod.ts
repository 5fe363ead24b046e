import type {KubernetesObject} from '../model/manifests.ts'

type Condition = {readonly type?: string; readonly status?: string; readonly reason?: string; readonly message?: string; readonly lastTransitionTime?: string}
type ContainerStatus = {
  readonly name?: string
  readonly restartCount?: number
  readonly state?: {
    readonly waiting?: {readonly reason?: string; readonly message?: string}
    readonly terminated?: {readonly exitCode?: number; readonly reason?: string}
  }
  readonly lastState?: {readonly terminated?: {readonly exitCode?: number; readonly reason?: string}}
}
type Status = {
  readonly phase?: string
  readonly conditions?: readonly Condition[]
  readonly containerStatuses?: readonly ContainerStatus[]
  readonly initContainerStatuses?: readonly ContainerStatus[]
}

const statusOf = (pod: KubernetesObject): Status => (pod.status ?? {}) as Status

export const conditionOf = (object: KubernetesObject, type: string): Condition | undefined =>
  statusOf(object).conditions?.find(condition => condition.type === type)

export const isTerminating = (pod: KubernetesObject): boolean => pod.metadata.deletionTimestamp !== undefined

export const isReady = (pod: KubernetesObject): boolean => conditionOf(pod, 'Ready')?.status === 'True'

/** Has ended for good: a finished Job's pod, an evicted one. */
export const isOver = (pod: KubernetesObject): boolean => statusOf(pod).phase === 'Succeeded' || statusOf(pod).phase === 'Failed'

/** Waiting for a node, since when; milliseconds since the epoch. */
export function unscheduledSince(pod: KubernetesObject): number | undefined {
  const scheduled = conditionOf(pod, 'PodScheduled')
  if (scheduled?.status !== 'False' || isTerminating(pod)) return undefined
  return Date.parse(scheduled.lastTransitionTime ?? String(pod.metadata.creationTimestamp ?? ''))
}

/** The uid of the object that controls it. */
export function controllerOf(object: KubernetesObject): {uid: string; kind: string; name: string} | undefined {
  const references = (object.metadata.ownerReferences ?? []) as readonly {uid: string; kind: string; name: string; controller?: boolean}[]
  return references.find(reference => reference.controller === true)
}

export type Trouble = {
  /** The same as long as it is the same trouble, whatever words the cluster finds for it. */
  readonly key: string
  readonly message: string
  /** How long it must last before it counts, milliseconds: some of these pass by themselves. */
  readonly patience: number
}

/** States a container does not come out of by waiting, with how long they may be met in passing. */
const patience: Readonly<Record<string, number>> = {
  InvalidImageName: 0,
  ImagePullBackOff: 0,
  ErrImageNeverPull: 0,
  ErrImagePull: 15_000,
  CreateContainerConfigError: 10_000,
  CreateContainerError: 10_000,
  RunContainerError: 10_000,
}
const unschedulablePatience = 60_000
const restartsThatCount = 2

/** Why this pod will not become ready by waiting, or undefined. `kubectl rollout status` would wait out the whole progress deadline (600 s). */
export function troubleOf(pod: KubernetesObject): Trouble | undefined {
  if (isTerminating(pod)) return undefined
  const {name} = pod.metadata
  const {containerStatuses = [], initContainerStatuses = []} = statusOf(pod)
  for (const container of [...initContainerStatuses, ...containerStatuses]) {
    const {reason, message} = container.state?.waiting ?? {}
    const said = message === undefined || message === '' ? '' : `: ${message}`
    if (reason === 'CrashLoopBackOff' && (container.restartCount ?? 0) >= restartsThatCount) {
      const exit = container.lastState?.terminated?.exitCode
      return {
        key: `${name} ${reason}`,
        message: `pod ${name}: container ${container.name} crashes, restarted ${container.restartCount} times${exit === undefined ? '' : `, exit code ${exit}`}`,
        patience: 0,
      }
    }
    const known = reason === undefined ? undefined : patience[reason]
    if (known !== undefined) return {key: `${name} ${reason}`, message: `pod ${name}: container ${container.name} is in ${reason}${said}`, patience: known}
  }
  const scheduled = conditionOf(pod, 'PodScheduled')
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable') {
    return {key: `${name} ${scheduled.reason}`, message: `pod ${name} finds no node: ${scheduled.message ?? 'unschedulable'}`, patience: unschedulablePatience}
  }
  return undefined
}
