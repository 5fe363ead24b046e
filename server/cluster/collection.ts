import type {KubernetesObject} from '../model/manifests.ts'
import type {Connection} from './connection.ts'
import {type ClusterError, type Result, succeeded} from './errors.ts'
import type {Selection} from './objects.ts'
import {backoff, waitFor} from './request.ts'
import {apiVersionOf, pathOf, type Resource, subjectOf} from './resource.ts'

type Event = {readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'; readonly object: KubernetesObject}

/** Proxies and VPNs swallow watches without closing them: after this long without a word the collection is listed again. Milliseconds. */
const silenceBeforeListing = 5_000
/** The API server ends a watch by itself after this long; seconds. */
const watchSpan = 240

/**
 * The objects of one kind in one namespace, kept current: list, watch from there with bookmarks, list again when the watch ends, expires
 * (410), fails or falls silent. It never gives up; `problem` says what stands in the way at the moment.
 */
export class Collection {
  readonly resource: Resource
  problem: ClusterError | undefined
  readonly #items = new Map<string, KubernetesObject>()
  readonly #connection: Connection
  readonly #namespace: string
  readonly #selection: Selection
  readonly #changed: () => void

  constructor(connection: Connection, resource: Resource, namespace: string, changed: () => void, selection: Selection = {}) {
    this.resource = resource
    this.#connection = connection
    this.#namespace = namespace
    this.#selection = selection
    this.#changed = changed
  }

  get items(): readonly KubernetesObject[] {
    return [...this.#items.values()]
  }

  named(name: string): KubernetesObject | undefined {
    return this.#items.get(name)
  }

  /** Answers after the first list, and follows in the background until the signal aborts. After a failure it follows all the same. */
  async start(signal: AbortSignal): Promise<Result<void>> {
    const first = await this.#list(signal)
    void this.#follow(first, signal)
    return first.ok ? succeeded(undefined) : first
  }

  async #follow(first: Result<string>, signal: AbortSignal): Promise<void> {
    let listed = first
    let failures = 0
    while (!signal.aborted) {
      const well = listed.ok && (await this.#watch(listed.value, signal))
      failures = well ? 0 : failures + 1
      if (!well) await waitFor(backoff(failures), signal)
      if (!signal.aborted) listed = await this.#list(signal)
    }
  }

  async #list(signal: AbortSignal): Promise<Result<string>> {
    const answer = await this.#connection.objects.list(this.resource, this.#namespace, this.#selection, signal)
    if (signal.aborted) return succeeded('')
    this.problem = answer.ok ? undefined : answer.error
    if (answer.ok) {
      this.#items.clear()
      for (const item of answer.value.items) this.#items.set(item.metadata.name, item)
    }
    this.#changed()
    return answer.ok ? succeeded(answer.value.resourceVersion) : answer
  }

  /** False when the watch did not work, and listing again at once would only press a server in trouble. */
  async #watch(resourceVersion: string, signal: AbortSignal): Promise<boolean> {
    const silent = new AbortController()
    const either = AbortSignal.any([signal, silent.signal])
    const timer = setTimeout(() => silent.abort(), silenceBeforeListing)
    const began = performance.now()
    try {
      const query = {...this.#selection, watch: '1', resourceVersion, allowWatchBookmarks: 'true', timeoutSeconds: String(watchSpan)}
      const subject = subjectOf('watch', this.resource, this.#namespace)
      const opened = await this.#connection.requests.open<Event>({method: 'GET', path: pathOf(this.resource, this.#namespace), query, subject}, either)
      if (!opened.ok) return silent.signal.aborted || opened.error.kind === 'gone'
      for await (const event of opened.value) {
        timer.refresh()
        if (event.type === 'ERROR') return event.object.code === 410
        if (event.type !== 'BOOKMARK') this.#take(event)
      }
      // A proxy that ends every watch at once would have us list in a tight circle.
      return performance.now() - began > 1_000
    } catch {
      // The stream broke or was ended by us; either way the next list tells what was missed.
      return silent.signal.aborted
    } finally {
      clearTimeout(timer)
      // Leaves no request behind whose answer nobody reads.
      silent.abort()
    }
  }

  #take({type, object}: Event): void {
    const whole = {...object, apiVersion: apiVersionOf(this.resource), kind: this.resource.kind}
    if (type === 'DELETED') this.#items.delete(object.metadata.name)
    else this.#items.set(object.metadata.name, whole)
    this.#changed()
  }
}
