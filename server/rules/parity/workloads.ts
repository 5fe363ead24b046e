import {type Fact, mapFact} from '../../model/fact.ts'
import type {KubernetesObject, Manifest} from '../../model/manifests.ts'
import type {Place} from '../../model/place.ts'
import type {Environment} from '../../model/progression.ts'
import {count, field, type Rendered, renderedTargets} from '../manifests.ts'
import {plainName, wordsOf} from './names.ts'

/** How many pods a workload may have: a number twice where it is fixed, an autoscaler's limits where one decides. */
export type Workload = {
  readonly kind: string
  readonly name: string
  /** The name without what an environment adds to it, so that `dev-api` is compared with `prod-api`. */
  readonly plainName: string
  readonly lowest: number
  readonly highest: number
  /** Kind of the autoscaler that decides, if one does. */
  readonly autoscaler?: string
  readonly at?: Place
}

const workloadKinds: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'Rollout'])

/** The workloads of an environment; of several targets the one with the most pods counts, since that is where users are. */
export function workloads(environment: Environment): Fact<readonly Workload[]> {
  return mapFact(renderedTargets(environment), targets => {
    const largest = new Map<string, Workload>()
    for (const workload of targets.flatMap(target => workloadsOf(target, environment))) {
      const key = `${workload.kind}/${workload.plainName}`
      const other = largest.get(key)
      if (!other || workload.highest > other.highest) largest.set(key, workload)
    }
    return [...largest.values()]
  })
}

function workloadsOf({target, manifests}: Rendered, environment: Environment): readonly Workload[] {
  const autoscalers = manifests.flatMap(manifest => autoscaler(manifest.object) ?? [])
  return manifests.flatMap((manifest: Manifest): Workload[] => {
    const {kind, metadata, spec} = manifest.object
    if (!workloadKinds.has(kind)) return []
    const scaled = autoscalers.find(one => one.kind === kind && one.name === metadata.name)
    const written = field(spec, 'replicas')
    // The API server's default for all three kinds.
    const fixed = written === undefined || written === null ? 1 : count(written)
    const lowest = scaled ? scaled.lowest : fixed
    const highest = scaled ? scaled.highest : fixed
    if (lowest === undefined || highest === undefined) return []
    const plain = plainName(metadata.name, wordsOf(environment, target))
    return [{kind, name: metadata.name, plainName: plain, lowest, highest, autoscaler: scaled?.by, at: manifest.at}]
  })
}

type Autoscaler = {readonly by: string; readonly kind: string; readonly name: string; readonly lowest?: number; readonly highest?: number}

/** The limits an autoscaler sets, with its documented defaults: autoscaling/v2 minReplicas 1; keda.sh/v1alpha1 0 to 100. */
function autoscaler({kind: by, spec}: KubernetesObject): Autoscaler | undefined {
  const name = field(spec, 'scaleTargetRef', 'name')
  const kind = field(spec, 'scaleTargetRef', 'kind') ?? 'Deployment'
  if (typeof name !== 'string' || typeof kind !== 'string') return undefined
  if (by === 'HorizontalPodAutoscaler') return {by, kind, name, lowest: count(field(spec, 'minReplicas') ?? 1), highest: count(field(spec, 'maxReplicas'))}
  if (by === 'ScaledObject') return {by, kind, name, lowest: count(field(spec, 'minReplicaCount') ?? 0), highest: count(field(spec, 'maxReplicaCount') ?? 100)}
  return undefined
}
