import type {KubernetesObject} from '../model/manifests.ts'

/** How long one new pod takes until it counts as available, in seconds, with the terms it is made of. */
export type PodTimes = {readonly seconds: number; readonly terms: readonly {readonly name: string; readonly seconds: number}[]}

type Probe = {readonly initialDelaySeconds?: number; readonly periodSeconds?: number; readonly successThreshold?: number}
type Container = {
  readonly name?: string
  readonly readinessProbe?: Probe
  readonly startupProbe?: Probe
  readonly imagePullPolicy?: string
  readonly restartPolicy?: string
}
type Spec = {readonly minReadySeconds?: number; readonly template?: {readonly spec?: {readonly containers?: readonly Container[]}}}

/** Controller 0.5, scheduling 0.5, sandbox and start 2. */
const startSeconds = 3
/** A registry is asked for the digest; the image itself is cached from before. */
const pullCheckSeconds = 2
/** Where nobody measured how long an application takes to answer. */
export const unknownBoot = 30

export function newPodSeconds(workload: KubernetesObject, boot: number = unknownBoot): PodTimes {
  const spec = (workload.spec ?? {}) as Spec
  const containers = spec.template?.spec?.containers ?? []
  const terms = [
    {name: 'schedule and start', seconds: startSeconds},
    {name: 'image pull', seconds: containers.some(({imagePullPolicy}) => imagePullPolicy === 'Always') ? pullCheckSeconds : 0},
    {name: 'ready', seconds: Math.max(0, ...containers.map(container => readySeconds(container, boot)))},
    {name: 'minReadySeconds', seconds: spec.minReadySeconds ?? 0},
  ].filter(({seconds}) => seconds > 0)
  return {seconds: terms.reduce((sum, {seconds}) => sum + seconds, 0), terms}
}

/** Running counts as ready where nothing probes. Defaults of probes: delay 0, period 10, success threshold 1. */
function readySeconds({startupProbe, readinessProbe}: Container, boot: number): number {
  const period = readinessProbe?.periodSeconds ?? 10
  const threshold = readinessProbe?.successThreshold ?? 1
  if (startupProbe !== undefined) {
    const started = Math.max(startupProbe.initialDelaySeconds ?? 0, boot) + (startupProbe.periodSeconds ?? 10)
    return readinessProbe === undefined ? started : started + period * (threshold - 1) + 1
  }
  return readinessProbe === undefined ? 0 : Math.max(readinessProbe.initialDelaySeconds ?? 0, boot) + period * threshold
}
