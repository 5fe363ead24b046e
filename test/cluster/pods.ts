import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import type {Answering, AnsweringPod, Pod} from './answers.ts'
import {type Api, ApiError, type List} from './api.ts'
import {environmentOf} from './environment.ts'
import {type AnsweredRequest, appendLog, PodServer} from './pod-server.ts'

/** Text that a pod's log begins with. */
const logsAnnotation = 'sim.progression.dev/logs'
/** Set once something answers for the pod; the Stages let no pod run before. */
const wiredAnnotation = 'sim.progression.dev/wired'
const simulation = '/apis/kwok.x-k8s.io/v1alpha1'

/**
 * Gives every pod of the cluster something that answers: an HTTP server a container port, and for kwok the objects
 * `PortForward` and `Logs`, which say where port-forwards and logs of that pod lead.
 */
export class Pods {
  /** Every request that a pod answered, oldest first. */
  readonly requests: AnsweredRequest[] = []
  readonly #api: Api
  readonly #folder: string
  readonly #answering: Answering
  /** By uid; an entry without servers is being wired. */
  readonly #wired = new Map<string, {pod: Pod; servers: PodServer[]}>()
  /** By namespace and name: pods of StatefulSets come back under the same name, so one thing after the other. */
  readonly #queues = new Map<string, Promise<void>>()

  /** @param folder where the pods' logs are written */
  constructor(api: Api, folder: string, answering: Answering) {
    this.#api = api
    this.#folder = folder
    this.#answering = answering
  }

  /** Follows the pods until the signal; outlasts an API server that goes and comes back. */
  async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const {metadata, items} = await this.#api.get<List<Pod>>('/api/v1/pods', {signal})
        const live = new Set(items.map(pod => pod.metadata.uid))
        for (const [uid, {pod}] of this.#wired) if (!live.has(uid)) this.#remove(pod, signal)
        for (const pod of items) this.#add(pod, signal)
        const query = `watch=1&allowWatchBookmarks=true&resourceVersion=${metadata.resourceVersion}`
        for await (const {type, object} of this.#api.watch<Pod>(`/api/v1/pods?${query}`, signal)) {
          if (type === 'ERROR') break
          if (type === 'DELETED') this.#remove(object, signal)
          else if (type !== 'BOOKMARK') this.#add(object, signal)
        }
      } catch {
        // The API server is down or restarts: list again.
      }
      await sleep(100, undefined, {signal, ref: false}).catch(() => {})
    }
    for (const {servers} of this.#wired.values()) for (const server of servers) server.close()
    this.#wired.clear()
  }

  #add(pod: Pod, signal: AbortSignal): void {
    const {uid = '', deletionTimestamp} = pod.metadata
    if (this.#wired.has(uid) || deletionTimestamp !== undefined) return
    const entry = {pod, servers: []}
    this.#wired.set(uid, entry)
    this.#queue(pod, () => this.#wire(entry, signal))
  }

  #remove(pod: Pod, signal: AbortSignal): void {
    const {uid = '', namespace, name} = pod.metadata
    const entry = this.#wired.get(uid)
    this.#wired.delete(uid)
    this.#queue(pod, async () => {
      for (const server of entry?.servers ?? []) server.close()
      // Left behind they harm nobody: with the pod gone nothing asks for them.
      const paths = ['portforwards', 'logs'].map(kind => `${simulation}/namespaces/${namespace}/${kind}/${name}`)
      await Promise.all(paths.map(path => this.#api.delete(path, {signal}).catch(() => {})))
    })
  }

  #queue(pod: Pod, work: () => Promise<void>): void {
    const key = `${pod.metadata.namespace}/${pod.metadata.name}`
    const next = (this.#queues.get(key) ?? Promise.resolve()).then(work).catch(() => {})
    this.#queues.set(key, next)
    void next.then(() => this.#queues.get(key) === next && this.#queues.delete(key))
  }

  /** Tries until it works, the pod is gone or the cluster stops: an unwired pod would never start. */
  async #wire(entry: {pod: Pod; servers: PodServer[]}, signal: AbortSignal): Promise<void> {
    const {uid = '', namespace, name, annotations = {}} = entry.pod.metadata
    const log = join(this.#folder, `${uid}.log`)
    appendLog(log, annotations[logsAnnotation] ?? `${name} started`)
    while (this.#wired.has(uid) && !signal.aborted) {
      try {
        if (entry.servers.length === 0) entry.servers.push(...(await this.#listen(entry.pod, log, signal)))
        const forwards = entry.servers.map(({port, containerPort}) => ({
          ...(containerPort !== undefined && {ports: [containerPort]}),
          target: {address: '127.0.0.1', port},
        }))
        await Promise.all([
          this.#apply('PortForward', 'portforwards', entry.pod, {forwards}, signal),
          this.#apply('Logs', 'logs', entry.pod, {logs: [{logsFile: log, follow: true}]}, signal),
        ])
        await this.#api.patch(`/api/v1/namespaces/${namespace}/pods/${name}`, {metadata: {uid, annotations: {[wiredAnnotation]: 'true'}}}, {signal})
        return
      } catch (error) {
        // Gone, another one of the same name, or its namespace is being deleted.
        if (error instanceof ApiError && [403, 404, 409, 422].includes(error.status)) return
        await sleep(100, undefined, {signal, ref: false})
      }
    }
  }

  async #apply(kind: string, plural: string, pod: Pod, spec: object, signal: AbortSignal): Promise<void> {
    const {namespace, name, uid} = pod.metadata
    const ownerReferences = [{apiVersion: 'v1', kind: 'Pod', name, uid}]
    const object = {apiVersion: 'kwok.x-k8s.io/v1alpha1', kind, metadata: {name, namespace, ownerReferences}, spec}
    await this.#api.apply(`${simulation}/namespaces/${namespace}/${plural}/${name}`, object, {signal})
  }

  /** A server a declared port; a pod that declares none answers on every port. */
  async #listen({metadata, spec}: Pod, log: string, signal: AbortSignal): Promise<PodServer[]> {
    const {namespace = '', name, labels = {}, annotations = {}} = metadata
    const pairs = spec.containers.flatMap(container => (container.ports ?? []).map(({containerPort}) => ({container, port: containerPort, declared: true})))
    const [first] = spec.containers
    if (pairs.length === 0 && first !== undefined) pairs.push({container: first, port: 0, declared: false})
    return await Promise.all(
      pairs.map(async ({container, port, declared}) => {
        const environment = await environmentOf(container, namespace, this.#api, signal)
        const pod: AnsweringPod = {namespace, name, image: container.image, labels, annotations, environment, container, port}
        return await PodServer.listen(pod, this.#answering, log, request => this.requests.push(request), declared)
      }),
    )
  }
}
