import {CancellationTokenSource, EventEmitter, type LogOutputChannel, Uri, workspace} from 'vscode'
import type {LanguageClient} from 'vscode-languageclient/node'
import type * as protocol from '../../server/protocol.ts'
import {notifications, requests} from '../../server/protocol.ts'
import {Disposable} from './disposable.ts'

/** Asked when the server ended by itself; `crashes` counts those of the last three minutes. */
export type OnCrash = (crashes: number) => 'restart' | 'stay-down'

export type ServerSettings = {
  /** Path of the server's program. */
  readonly program: string
  readonly log: LogOutputChannel
  readonly trace: LogOutputChannel
  readonly testMode: boolean
  readonly onCrash: OnCrash
}

const crashWindow = 3 * 60_000

/** Of vscode-jsonrpc: the connection went away under a request. */
const pendingResponseRejected = -32097

class ServerEnded extends Error {
  override readonly message = 'The language server ended before it answered. It is started again; ask once more.'
}

/** The language server: started by the first question, restarted when it crashes, asked in the words of `server/protocol.ts`. */
export class ProgressionServer extends Disposable {
  readonly #settings: ServerSettings
  readonly #changed = this.register(new EventEmitter<protocol.Changed>())
  readonly #started = this.register(new EventEmitter<void>())
  #crashes: readonly number[] = []
  #client: Promise<LanguageClient> | undefined
  /** Crashed too often: only a person starts it again. */
  #isDown = false
  /** Counts launches, so that the end of an old server is not taken for that of the new one. */
  #launches = 0

  /** Graphs may be different from now on. */
  readonly onChanged = this.#changed.event
  /** The server runs, for the first time or again; nothing it said before holds. */
  readonly onStarted = this.#started.event

  constructor(settings: ServerSettings) {
    super()
    this.#settings = settings
  }

  get running(): boolean {
    return this.#client !== undefined
  }

  /** Starts the server if it does not run. Rejects when it cannot start, and may be tried again. */
  async start(): Promise<void> {
    await this.#ready()
  }

  async restart(): Promise<void> {
    const client = this.#client
    this.#crashes = []
    this.#isDown = false
    this.#client = undefined
    // A server that crashed or never came up cannot be stopped in good order; a new one does not depend on it.
    await client?.then(old => old.dispose(2_000)).catch(error => this.#settings.log.warn('Stopping the server:', String(error)))
    await this.start()
  }

  graph(parameters: protocol.GraphParameters, signal?: AbortSignal): Promise<protocol.Graph> {
    return this.#ask(requests.graph, parameters, signal)
  }

  status(parameters: protocol.StatusParameters, signal?: AbortSignal): Promise<protocol.Status> {
    return this.#ask(requests.status, parameters, signal)
  }

  plan(parameters: protocol.PlanParameters, signal?: AbortSignal): Promise<protocol.Plan> {
    return this.#ask(requests.plan, parameters, signal)
  }

  /** Does what the plan says. `report` gets every step in words. */
  async run(plan: protocol.Plan, confirmation: string | undefined, report: (message: string) => void, signal: AbortSignal): Promise<protocol.Outcome> {
    const {WorkDoneProgress} = await import('vscode-languageclient/node')
    const client = await this.#ready()
    const workDoneToken = `run-${crypto.randomUUID()}`
    const progress = client.onProgress(WorkDoneProgress.type, workDoneToken, value => {
      if (value.kind !== 'end' && value.message !== undefined) report(value.message)
    })
    const {uri, progression, environment, digest: planDigest, action} = plan
    const parameters: protocol.RunParameters = {uri, progression, environment, planDigest, confirmation, workDoneToken}
    try {
      return await this.#ask<protocol.Outcome>(requests[action], parameters, signal)
    } catch (error) {
      if (!(error instanceof ServerEnded)) throw error
      const message = `${environment}: interrupted, resume: the language server ended. What was written stays, and the record in the cluster says how far it got.`
      return {result: 'blocked', message}
    } finally {
      progress.dispose()
    }
  }

  /** The server's process, for tests that end it as a crash would. */
  async processId(): Promise<number | undefined> {
    return (await this.#ready()).serverProcess?.pid
  }

  /** Only where the server was started in test mode. */
  async killClusterWorker(): Promise<void> {
    await this.#ask(requests.killClusterWorker, undefined)
  }

  override dispose(): void {
    void this.#client?.then(client => client.dispose(2_000)).catch(() => undefined)
    super.dispose()
  }

  async #ask<T>(method: string, parameters: unknown, signal?: AbortSignal): Promise<T> {
    const client = await this.#ready()
    const source = new CancellationTokenSource()
    const abort = () => source.cancel()
    signal?.addEventListener('abort', abort)
    try {
      if (signal?.aborted) abort()
      return await client.sendRequest<T>(method, parameters, source.token)
    } catch (error) {
      throw (error as {code?: unknown}).code === pendingResponseRejected ? new ServerEnded() : error
    } finally {
      signal?.removeEventListener('abort', abort)
      source.dispose()
    }
  }

  #ready(): Promise<LanguageClient> {
    if (this.#client !== undefined) return this.#client
    if (this.#isDown) return Promise.reject(new Error('The language server crashed too often. Run Progression: Restart Server.'))
    this.#launches += 1
    const launch = this.#launches
    const client = this.#launch(launch)
    this.#client = client
    client.catch(() => {
      if (this.#launches === launch) this.#client = undefined
    })
    return client
  }

  async #launch(launch: number): Promise<LanguageClient> {
    // Loaded here, because most windows never need it and activation is measured in milliseconds.
    const {CloseAction, ErrorAction, LanguageClient, State, TransportKind} = await import('vscode-languageclient/node')
    const {program, log, trace, testMode} = this.#settings
    const initializationOptions: protocol.InitializationOptions = {trusted: workspace.isTrusted, testMode}
    const run = {module: program, transport: TransportKind.ipc}
    const client = new LanguageClient(
      'progression',
      'Environment Progression',
      {run, debug: {...run, options: {execArgv: ['--nolazy', '--inspect=6229']}}},
      {
        documentSelector: [{language: 'progression'}, {language: 'yaml', scheme: 'file'}],
        initializationOptions,
        outputChannel: log,
        traceOutputChannel: trace,
        errorHandler: {
          error: () => ({action: ErrorAction.Continue}),
          // A new client for a new server: a client that restarts its own is lost when that one dies while it starts.
          closed: () => {
            if (this.#launches === launch) this.#crashed()
            return {action: CloseAction.DoNotRestart, handled: true}
          },
        },
      },
    )
    client.onNotification(notifications.changed, (changed: protocol.Changed) => this.#changed.fire(changed))
    client.onDidChangeState(({newState}) => {
      if (newState === State.Running) this.#started.fire()
    })
    log.info(`Starting the language server: ${program}`)
    const began = performance.now()
    await client.start()
    log.info(`The language server runs as process ${client.serverProcess?.pid}, started in ${Math.round(performance.now() - began)} ms.`)
    return client
  }

  #crashed(): void {
    const now = Date.now()
    this.#crashes = [...this.#crashes.filter(at => now - at < crashWindow), now]
    this.#client = undefined
    this.#isDown = this.#settings.onCrash(this.#crashes.length) === 'stay-down'
    if (this.#isDown) return
    this.start().catch(error => this.#settings.log.error('Starting the server again:', String(error)))
  }
}

/** Where the server's program lies in the extension's folder. */
export const serverProgram = (extension: Uri): string => Uri.joinPath(extension, 'dist', 'server.mjs').fsPath
