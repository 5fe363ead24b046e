import type {KubernetesObject} from '../model/manifests.ts'
import type {Result} from './errors.ts'
import {succeeded} from './errors.ts'
import type {Requests} from './request.ts'
import {apiVersionOf, pathOf, type Resource, subjectOf} from './resource.ts'

export type ObjectList = {readonly items: readonly KubernetesObject[]; readonly resourceVersion: string}
type RawList = {readonly items?: readonly KubernetesObject[]; readonly metadata?: {readonly resourceVersion?: string; readonly continue?: string}}

export type Selection = {readonly labelSelector?: string; readonly fieldSelector?: string}

/** How many objects a list asks for at a time. */
const page = 500

/** Reads and writes of whole objects. */
export class Objects {
  readonly #requests: Requests

  constructor(requests: Requests) {
    this.#requests = requests
  }

  get(resource: Resource, namespace: string | undefined, name: string, signal: AbortSignal): Promise<Result<KubernetesObject>> {
    const subject = subjectOf('get', resource, namespace, name)
    return this.#requests.send({method: 'GET', path: pathOf(resource, namespace, name), subject}, signal)
  }

  /** Like `get`, with `undefined` for what is not there. */
  async find(resource: Resource, namespace: string | undefined, name: string, signal: AbortSignal): Promise<Result<KubernetesObject | undefined>> {
    const answer = await this.get(resource, namespace, name, signal)
    return !answer.ok && answer.error.kind === 'notFound' ? succeeded(undefined) : answer
  }

  /** The whole list, page by page; items bear the `apiVersion` and `kind` that the API server leaves out in lists. */
  async list(resource: Resource, namespace: string | undefined, selection: Selection, signal: AbortSignal): Promise<Result<ObjectList>> {
    const subject = subjectOf('list', resource, namespace)
    const kind = {apiVersion: apiVersionOf(resource), kind: resource.kind}
    const items: KubernetesObject[] = []
    let from: string | undefined
    for (;;) {
      const query = {...selection, limit: String(page), continue: from}
      const answer = await this.#requests.send<RawList>({method: 'GET', path: pathOf(resource, namespace), query, subject}, signal)
      if (!answer.ok) return answer
      for (const item of answer.value.items ?? []) items.push({...item, ...kind})
      from = answer.value.metadata?.continue || undefined
      if (from === undefined) return succeeded({items, resourceVersion: answer.value.metadata?.resourceVersion ?? ''})
    }
  }

  create(resource: Resource, object: KubernetesObject, signal: AbortSignal): Promise<Result<KubernetesObject>> {
    const {namespace, name} = object.metadata
    const query = {fieldManager: 'progression', fieldValidation: 'Strict'}
    const subject = subjectOf('create', resource, namespace, name)
    return this.#requests.send({method: 'POST', path: pathOf(resource, namespace), query, body: object, subject, deadline: writeDeadline}, signal)
  }

  /** Replaces the whole object. With `metadata.resourceVersion` only if it is still that version: else the error is a `conflict`. */
  update(resource: Resource, object: KubernetesObject, signal: AbortSignal): Promise<Result<KubernetesObject>> {
    const {namespace, name} = object.metadata
    const query = {fieldManager: 'progression', fieldValidation: 'Strict'}
    const subject = subjectOf('update', resource, namespace, name)
    return this.#requests.send({method: 'PUT', path: pathOf(resource, namespace, name), query, body: object, subject, deadline: writeDeadline}, signal)
  }

  /** Deletes that very object, known by its uid, and lets the cluster collect what it owns. What is gone already counts as deleted. */
  async remove(resource: Resource, object: KubernetesObject, signal: AbortSignal): Promise<Result<void>> {
    const {namespace, name, uid} = object.metadata
    const body = {apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', preconditions: uid === undefined ? undefined : {uid}}
    const subject = subjectOf('delete', resource, namespace, name)
    const answer = await this.#requests.send({method: 'DELETE', path: pathOf(resource, namespace, name), body, subject, deadline: writeDeadline}, signal)
    return answer.ok || answer.error.kind === 'notFound' ? succeeded(undefined) : answer
  }
}

/** Writes pass admission webhooks, whose own limit is 10 s and may be 30. */
export const writeDeadline = 30_000
