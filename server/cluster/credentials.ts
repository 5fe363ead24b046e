import {createHash} from 'node:crypto'
import type {RequestOptions} from 'node:https'
import type {KubeConfig} from '@kubernetes/client-node'
import {Agent, type Dispatcher, ProxyAgent, Socks5ProxyAgent} from 'undici'
import {failed, type Result, succeeded} from './errors.ts'
import {type KubeconfigSource, loadContext} from './kubeconfig.ts'
import {unlessAborted} from './unless-aborted.ts'

/** What one request needs to be let in. */
export type Authorization = {readonly headers: Readonly<Record<string, string>>; readonly dispatcher: Dispatcher}

/** An exec plugin is asked once for all requests of this span, milliseconds; client-node caches its token by expiry behind that. */
const fresh = 30_000

/**
 * Credentials of one context, from client-node, and the connections opened with them. client-node makes a new agent, and so a new TLS
 * connection, for every request; here one agent serves as long as the TLS options are the same.
 */
export class Credentials {
  readonly context: string
  /** URL of the API server without credentials or a trailing slash. */
  readonly server: string
  /** The kubeconfig's name for the user. */
  readonly user: string
  readonly #source: KubeconfigSource
  readonly #dispatchers = new Map<string, Dispatcher>()
  readonly #secrets = new Set<string>()
  #config: KubeConfig
  #pending: {at: number; options: Promise<RequestOptions>} | undefined

  private constructor(source: KubeconfigSource, context: string, config: KubeConfig) {
    this.context = context
    this.#source = source
    this.#config = config
    this.server = withoutUser(config.getCurrentCluster()?.server ?? '')
    this.user = config.getCurrentUser()?.name ?? 'unknown'
  }

  static load(source: KubeconfigSource, context: string): Result<Credentials> {
    const config = loadContext(source, context)
    if (!config.ok) return config
    if (!URL.canParse(config.value.getCurrentCluster()?.server ?? '')) {
      return failed('configuration', `Context ${context} has no usable server address in its kubeconfig.`)
    }
    return succeeded(new Credentials(source, context, config.value))
  }

  /** For what client-node does itself: port-forwards. */
  get config(): KubeConfig {
    return this.#config
  }

  /** Runs an exec plugin where the kubeconfig says so. Plugins have no deadline of their own: the caller's signal is theirs. */
  async authorize(signal: AbortSignal): Promise<Result<Authorization>> {
    try {
      const options = await unlessAborted(this.#options(), signal)
      const headers: Record<string, string> = {'user-agent': 'environment-progression'}
      for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = String(value)
      if (options.auth) headers.authorization = `Basic ${Buffer.from(String(options.auth)).toString('base64')}`
      this.#remember(headers, options)
      return succeeded({headers, dispatcher: this.#dispatcher(options)})
    } catch (error) {
      if (signal.aborted) return failed('aborted', 'Stopped while waiting for credentials.')
      const detail = this.redact(error instanceof Error ? error.message : String(error))
      return failed('unauthorized', `Cannot get credentials for user ${this.user} (context ${this.context}): ${detail}`, detail)
    }
  }

  /** Reads the kubeconfig again and forgets tokens: the cluster said that the ones we have are no good. */
  refresh(): void {
    const config = loadContext(this.#source, this.context)
    if (config.ok) this.#config = config.value
    this.#pending = undefined
  }

  /** The text without any credential this context was ever seen to use. */
  redact(text: string): string {
    let clean = text
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, '***')
    return clean
  }

  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map(dispatcher => dispatcher.destroy()))
    this.#dispatchers.clear()
  }

  /** One flight for all: client-node would start a plugin for each of ten parallel first requests. */
  #options(): Promise<RequestOptions> {
    if (this.#pending !== undefined && Date.now() - this.#pending.at < fresh) return this.#pending.options
    const pending = {at: Date.now(), options: this.#ask()}
    this.#pending = pending
    pending.options.catch(() => {
      if (this.#pending === pending) this.#pending = undefined
    })
    return pending.options
  }

  async #ask(): Promise<RequestOptions> {
    const options: RequestOptions = {}
    await this.#config.applyToHTTPSOptions(options)
    return options
  }

  #dispatcher(options: RequestOptions): Dispatcher {
    const {ca, cert, key, pfx, passphrase, rejectUnauthorized, servername} = options
    const tls = Object.fromEntries(Object.entries({ca, cert, key, pfx, passphrase, rejectUnauthorized, servername}).filter(([, value]) => value != null))
    const identity = createHash('sha256').update(JSON.stringify(tls)).digest('hex')
    const known = this.#dispatchers.get(identity)
    if (known !== undefined) return known
    const described = this.#config.createDispatcherOptions(this.#config.getCurrentCluster(), tls)
    const dispatcher = connect(described)
    this.#dispatchers.set(identity, dispatcher)
    return dispatcher
  }

  #remember(headers: Readonly<Record<string, string>>, options: RequestOptions): void {
    const user = this.#config.getCurrentUser()
    const bearer = headers.authorization?.split(' ')[1]
    for (const secret of [bearer, user?.token, user?.password, user?.keyData, options.key === undefined ? undefined : String(options.key)]) {
      if (typeof secret === 'string' && secret.length >= 4) this.#secrets.add(secret)
    }
  }
}

type Described = ReturnType<KubeConfig['createDispatcherOptions']>

/**
 * Waits for answers are ours to bound, by each request's own deadline: a watch may be silent for minutes. HTTP/1.1, because undici 8.12
 * leaves the error of an HTTP/2 stream that was aborted early to nobody, which ends the process.
 */
const patience = {headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 30_000, allowH2: false}

function connect(described: Described): Dispatcher {
  switch (described.type) {
    case 'proxy':
      return new ProxyAgent({...patience, uri: described.uri, requestTls: described.requestTls})
    case 'socks':
      return new Socks5ProxyAgent(described.uri, {...patience, requestTls: described.requestTls})
    case 'agent':
      return new Agent({...patience, connect: described.connect})
    case 'none':
      return new Agent(patience)
  }
}

function withoutUser(server: string): string {
  if (!URL.canParse(server)) return ''
  const url = new URL(server)
  url.username = ''
  url.password = ''
  return url.href.replace(/\/+$/, '')
}
