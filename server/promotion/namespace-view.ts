import {Changes} from '../cluster/changes.ts'
import {Collection} from '../cluster/collection.ts'
import type {ClusterError} from '../cluster/errors.ts'
import {controllerOf} from '../cluster/pod.ts'
import {type Resource, resources} from '../cluster/resource.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {Site} from './site.ts'

const workloadResources: Readonly<Record<string, Resource>> = {
  Deployment: resources.deployments,
  StatefulSet: resources.statefulSets,
  DaemonSet: resources.daemonSets,
}

/** Whether an object has a rollout to wait for. */
export const isWorkload = ({kind, apiVersion}: KubernetesObject): boolean => kind in workloadResources && apiVersion === 'apps/v1'

/** A namespace kept in sight while something rolls out there: workloads, their pods, and what the pods are reached by. */
export class NamespaceView {
  readonly pods: Collection
  readonly slices: Collection
  readonly #workloads: ReadonlyMap<string, Collection>
  readonly #replicaSets: Collection
  readonly #changes = new Changes()
  readonly #end = new AbortController()

  private constructor(site: Site, workloads: readonly KubernetesObject[]) {
    const follow = (resource: Resource) => new Collection(site.connection, resource, site.target.namespace, this.#changes.notify)
    this.#workloads = new Map(
      [...new Set(workloads.map(({kind}) => kind))].flatMap(kind => (workloadResources[kind] ? [[kind, follow(workloadResources[kind])]] : [])),
    )
    this.#replicaSets = follow(resources.replicaSets)
    this.pods = follow(resources.pods)
    this.slices = follow(resources.endpointSlices)
  }

  /** Resolves when everything was listed once, or could not be. */
  static async open(site: Site, workloads: readonly KubernetesObject[], signal: AbortSignal): Promise<NamespaceView> {
    const view = new NamespaceView(site, workloads)
    const either = AbortSignal.any([signal, view.#end.signal])
    await Promise.all([...view.#workloads.values(), view.#replicaSets, view.pods, view.slices].map(collection => collection.start(either)))
    return view
  }

  close(): void {
    this.#end.abort()
  }

  /** Resolves on the next change, after the time, or when the signal aborts. */
  changed(milliseconds: number, signal: AbortSignal): Promise<void> {
    return this.#changes.next(milliseconds, signal)
  }

  /** What keeps us from seeing workloads and pods; what we may not see at all is worked around, and no problem. */
  get problem(): ClusterError | undefined {
    return [...this.#workloads.values(), this.pods].map(({problem}) => problem).find(problem => problem !== undefined)
  }

  workload({kind, metadata}: KubernetesObject): KubernetesObject | undefined {
    return this.#workloads.get(kind)?.named(metadata.name)
  }

  podsOf(workload: KubernetesObject): readonly KubernetesObject[] {
    const {uid} = workload.metadata
    if (workload.kind !== 'Deployment') return this.pods.items.filter(pod => controllerOf(pod)?.uid === uid)
    const sets = new Set(this.#setsOf(workload).map(set => set.metadata.uid))
    return this.pods.items.filter(pod => sets.has(controllerOf(pod)?.uid))
  }

  /** Whether a pod is of its workload's present template, as the controller says; before it has seen a change it speaks of the one before. */
  isNew(pod: KubernetesObject, workload: KubernetesObject): boolean {
    switch (workload.kind) {
      case 'Deployment':
        return controllerOf(pod)?.uid === this.#newestSet(workload)?.metadata.uid
      case 'StatefulSet':
        return pod.metadata.labels?.['controller-revision-hash'] === (workload.status as {updateRevision?: string} | undefined)?.updateRevision
      default:
        // The controller itself still compares this pair (kubernetes, pkg/controller/daemon/util, IsPodUpdated).
        return pod.metadata.labels?.['pod-template-generation'] === workload.metadata.annotations?.['deprecated.daemonset.template.generation']
    }
  }

  #setsOf(deployment: KubernetesObject): readonly KubernetesObject[] {
    return this.#replicaSets.items.filter(set => controllerOf(set)?.uid === deployment.metadata.uid)
  }

  #newestSet(deployment: KubernetesObject): KubernetesObject | undefined {
    const revision = deployment.metadata.annotations?.['deployment.kubernetes.io/revision']
    return this.#setsOf(deployment).find(set => set.metadata.annotations?.['deployment.kubernetes.io/revision'] === revision)
  }
}
