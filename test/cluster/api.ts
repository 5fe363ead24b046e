import type {IncomingMessage} from 'node:http'
import {Agent, request} from 'node:https'
import {createInterface} from 'node:readline'

/** An object of the API, as far as this folder looks into it. */
export type KubernetesObject = {
  apiVersion?: string
  kind?: string
  metadata: {
    name: string
    namespace?: string
    uid?: string
    resourceVersion?: string
    labels?: Record<string, string>
    annotations?: Record<string, string>
    deletionTimestamp?: string
  }
}
export type List<T> = {metadata: {resourceVersion: string}; items: T[]}
export type WatchEvent<T> = {type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'; object: T}

/** The API server refused; `status` is the HTTP status, the message the server's own. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number

  constructor(method: string, path: string, status: number, body: string) {
    super(`${method} ${path}: ${status} ${messageIn(body)}`)
    this.status = status
  }
}

export type RequestOptions = {readonly contentType?: string; readonly seconds?: number; readonly signal?: AbortSignal}

/**
 * The API server as one identity sees it, over kept connections. For setting up and looking at a cluster in tests:
 * deliberately not the product's own way to the cluster, so that one can check the other.
 */
export class Api {
  readonly #server: string
  readonly #token: string
  readonly #agent: Agent

  /** @param ca the certificate authority, as PEM */
  constructor(server: string, ca: string, token: string) {
    this.#server = server
    this.#token = token
    this.#agent = new Agent({keepAlive: true, ca})
  }

  async get<T>(path: string, options?: RequestOptions): Promise<T> {
    return await this.#json<T>('GET', path, undefined, options)
  }

  async create<T>(path: string, body: object, options?: RequestOptions): Promise<T> {
    return await this.#json<T>('POST', path, body, options)
  }

  async replace<T>(path: string, body: object, options?: RequestOptions): Promise<T> {
    return await this.#json<T>('PUT', path, body, options)
  }

  /** A merge patch. */
  async patch<T>(path: string, body: object, options?: RequestOptions): Promise<T> {
    return await this.#json<T>('PATCH', path, body, {contentType: 'application/merge-patch+json', ...options})
  }

  /** Server-side apply with force; `path` names the object. */
  async apply<T>(path: string, body: object, options?: RequestOptions): Promise<T> {
    const url = `${path}?fieldManager=local-cluster&force=true`
    return await this.#json<T>('PATCH', url, body, {contentType: 'application/apply-patch+yaml', ...options})
  }

  async delete(path: string, options?: RequestOptions): Promise<void> {
    await this.#json('DELETE', path, undefined, options)
  }

  /** The text at `path`, such as a pod's log. */
  async text(path: string, options?: RequestOptions): Promise<string> {
    return await this.#send('GET', path, undefined, options)
  }

  /** Whether the server and all its hooks are ready. */
  async isReady(): Promise<boolean> {
    return await this.text('/readyz', {seconds: 2}).then(
      () => true,
      () => false,
    )
  }

  /** Events until the server ends the watch or the connection breaks, which ends the iteration or throws. */
  async *watch<T>(path: string, signal: AbortSignal): AsyncGenerator<WatchEvent<T>> {
    const response = await this.#open('GET', path, undefined, {signal, seconds: 0})
    // Watching alone is no reason to stay alive.
    response.socket.unref()
    if (response.statusCode !== 200) throw new ApiError('GET', path, response.statusCode ?? 0, await textOf(response))
    for await (const line of createInterface({input: response, crlfDelay: Number.POSITIVE_INFINITY})) yield JSON.parse(line) as WatchEvent<T>
  }

  close(): void {
    this.#agent.destroy()
  }

  async #json<T>(method: string, path: string, body: object | undefined, options?: RequestOptions): Promise<T> {
    return JSON.parse(await this.#send(method, path, body, options)) as T
  }

  async #send(method: string, path: string, body: object | undefined, options?: RequestOptions): Promise<string> {
    const response = await this.#open(method, path, body, options)
    const text = await textOf(response)
    const status = response.statusCode ?? 0
    if (status < 200 || status > 299) throw new ApiError(method, path, status, text)
    return text
  }

  #open(
    method: string,
    path: string,
    body: object | undefined,
    {contentType = 'application/json', seconds = 15, signal}: RequestOptions = {},
  ): Promise<IncomingMessage> {
    const {promise, resolve, reject} = Promise.withResolvers<IncomingMessage>()
    const headers = {authorization: `Bearer ${this.#token}`, accept: 'application/json, */*', ...(body && {'content-type': contentType})}
    const sent = request(new URL(path, this.#server), {method, headers, agent: this.#agent, signal}, resolve)
    sent.on('error', reject)
    if (seconds > 0) sent.setTimeout(seconds * 1000, () => sent.destroy(new Error(`${method} ${path}: no answer after ${seconds} s`)))
    sent.end(body && JSON.stringify(body))
    return promise
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = ''
  response.setEncoding('utf8')
  for await (const chunk of response) text += chunk as string
  return text
}

/** The API server explains itself in a Status object. */
function messageIn(body: string): string {
  try {
    return (JSON.parse(body) as {message?: string}).message ?? body
  } catch {
    return body
  }
}
