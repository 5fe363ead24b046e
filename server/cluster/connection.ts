import {Credentials} from './credentials.ts'
import {Discovery} from './discovery.ts'
import {type Result, succeeded} from './errors.ts'
import type {KubeconfigSource} from './kubeconfig.ts'
import {Objects} from './objects.ts'
import {Requests} from './request.ts'

/** One context of a kubeconfig, and everything that is asked through it. Opening asks nothing of the network. */
export class Connection {
  readonly credentials: Credentials
  readonly requests: Requests
  readonly discovery: Discovery
  readonly objects: Objects

  private constructor(credentials: Credentials) {
    this.credentials = credentials
    this.requests = new Requests(credentials)
    this.discovery = new Discovery(this.requests)
    this.objects = new Objects(this.requests)
  }

  /** Fails where the kubeconfig has no such context, naming those it has. */
  static open(source: KubeconfigSource, context: string): Result<Connection> {
    const credentials = Credentials.load(source, context)
    return credentials.ok ? succeeded(new Connection(credentials.value)) : credentials
  }

  close(): Promise<void> {
    return this.credentials.close()
  }
}

/** The connections of one engine, one a context, opened when first asked for. */
export class Connections {
  readonly #source: KubeconfigSource
  readonly #open = new Map<string, Connection>()

  constructor(source: KubeconfigSource) {
    this.#source = source
  }

  to(context: string): Result<Connection> {
    const known = this.#open.get(context)
    if (known !== undefined) return succeeded(known)
    const opened = Connection.open(this.#source, context)
    if (opened.ok) this.#open.set(context, opened.value)
    return opened
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(connection => connection.close()))
    this.#open.clear()
  }
}
