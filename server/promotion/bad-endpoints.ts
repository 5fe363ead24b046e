import {isOver, isReady, isTerminating} from '../cluster/pod.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {NamespaceView} from './namespace-view.ts'

type Endpoint = {readonly conditions?: {readonly ready?: boolean}; readonly targetRef?: {readonly kind?: string; readonly uid?: string}}

/**
 * Counts the pods of a bad revision that are still reached: an endpoint of a Service, or ready without a Service. Told which workloads are
 * going back, and which are to be gone altogether.
 */
export class BadEndpoints {
  readonly #view: NamespaceView
  readonly #goingBack: readonly KubernetesObject[]
  readonly #leaving: readonly KubernetesObject[]
  /** Every bad pod ever seen: an EndpointSlice may name one that is gone already. */
  readonly #seen = new Set<string>()

  /** @param goingBack as the API server answered the apply, whose generation the controller must have seen before it can be believed */
  constructor(view: NamespaceView, goingBack: readonly KubernetesObject[], leaving: readonly KubernetesObject[]) {
    this.#view = view
    this.#goingBack = goingBack
    this.#leaving = leaving
  }

  /** How many bad pods are reached, or undefined while the controllers have not seen the change and nobody can say. */
  count(): number | undefined {
    const bad: KubernetesObject[] = []
    for (const applied of this.#goingBack) {
      const workload = this.#view.workload(applied)
      if (workload === undefined || !hasSeen(workload, applied)) return undefined
      bad.push(...this.#view.podsOf(workload).filter(pod => !this.#view.isNew(pod, workload)))
    }
    for (const applied of this.#leaving) {
      const workload = this.#view.workload(applied)
      if (workload !== undefined) bad.push(...this.#view.podsOf(workload))
    }
    for (const {metadata} of bad) this.#seen.add(metadata.uid ?? '')
    const reached = new Set(this.#endpoints().filter(uid => this.#seen.has(uid)))
    for (const pod of bad) if (isReady(pod) && !isTerminating(pod) && !isOver(pod)) reached.add(pod.metadata.uid ?? '')
    return reached.size
  }

  #endpoints(): readonly string[] {
    const endpoints = this.#view.slices.items.flatMap(slice => (slice.endpoints ?? []) as readonly Endpoint[])
    // Not said means ready (discovery.k8s.io/v1, EndpointConditions).
    return endpoints.filter(({conditions, targetRef}) => targetRef?.kind === 'Pod' && conditions?.ready !== false).map(({targetRef}) => targetRef?.uid ?? '')
  }
}

const hasSeen = (workload: KubernetesObject, applied: KubernetesObject): boolean => {
  const observed = (workload.status as {observedGeneration?: number} | undefined)?.observedGeneration ?? 0
  return observed >= (applied.metadata.generation ?? 0)
}
