import {failed, type Result, succeeded} from './errors.ts'
import type {Requests} from './request.ts'
import {groupPath, type Resource} from './resource.ts'

type ResourceList = {readonly resources?: readonly {readonly name: string; readonly kind: string; readonly namespaced: boolean}[]}

/** Which resource a kind is. Lists of a group and version are asked once and kept; one that lacks a kind is asked again, for CRDs come and go. */
export class Discovery {
  readonly #requests: Requests
  readonly #lists = new Map<string, Promise<Result<readonly Resource[]>>>()

  constructor(requests: Requests) {
    this.#requests = requests
  }

  /** Answers `unknownKind` where the cluster serves no such kind. */
  async find(apiVersion: string, kind: string, signal: AbortSignal): Promise<Result<Resource>> {
    const cached = this.#lists.has(apiVersion)
    const list = await this.#list(apiVersion, signal)
    if (!list.ok) return list
    const found = list.value.find(resource => resource.kind === kind)
    if (found !== undefined) return succeeded(found)
    this.#lists.delete(apiVersion)
    if (cached) return this.find(apiVersion, kind, signal)
    const {context} = this.#requests.asker
    return failed('unknownKind', `The cluster (context ${context}) serves no kind ${kind} in ${apiVersion}.`)
  }

  async #list(apiVersion: string, signal: AbortSignal): Promise<Result<readonly Resource[]>> {
    const known = this.#lists.get(apiVersion)
    if (known !== undefined) return known
    const asked = this.#ask(apiVersion, signal)
    this.#lists.set(apiVersion, asked)
    const answer = await asked
    if (!answer.ok || answer.value.length === 0) this.#lists.delete(apiVersion)
    return answer
  }

  async #ask(apiVersion: string, signal: AbortSignal): Promise<Result<readonly Resource[]>> {
    const [version = '', group = ''] = apiVersion.split('/').reverse()
    const subject = {verb: 'list', resource: `kinds of ${apiVersion}`, group} as const
    const answer = await this.#requests.send<ResourceList>({method: 'GET', path: groupPath(apiVersion), subject}, signal)
    if (!answer.ok) return answer.error.kind === 'notFound' ? succeeded([]) : answer
    const own = (answer.value.resources ?? []).filter(({name}) => !name.includes('/'))
    return succeeded(own.map(({name, kind, namespaced}) => ({group, version, plural: name, kind, namespaced})))
  }
}
