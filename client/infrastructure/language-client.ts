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

/** The language server: started by the first question, restarted when it crashes, asked in the words of `server/protocol.ts`. */
export class ProgressionServer extends Disposable {
  readonly #settings: ServerSettings
  readonly #changed = this.register(new EventEmitter<protocol.Changed>())
  readonly #started = this.register(new EventEmitter<void>())
  #crashes: readonly number[] = []
  #client: Promise<LanguageClient> | undefined

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
      return await this.#ask(requests[action], parameters, signal)
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
    } finally {
      signal?.removeEventListener('abort', abort)
      source.dispose()
    }
  }

  #ready(): Promise<LanguageClient> {
    this.#client ??= this.#launch().catch(error => {
      this.#client = undefined
      throw error
    })
    return this.#client
  }

  async #launch(): Promise<LanguageClient> {
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
          closed: () => ({action: this.#mayRestart() ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true}),
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

  #mayRestart(): boolean {
    const now = Date.now()
    this.#crashes = [...this.#crashes.filter(at => now - at < crashWindow), now]
    const restart = this.#settings.onCrash(this.#crashes.length) === 'restart'
    if (!restart) this.#client = undefined
    return restart
  }
}

/** Where the server's program lies in the extension's folder. */
export const serverProgram = (extension: Uri): string => Uri.joinPath(extension, 'dist', 'server.mjs').fsPath
