import {
  type Connection,
  type ProgressToken,
  ProgressType,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver/node'

const workDone = new ProgressType<WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd>()

/** Progress of long requests: told to whoever asked, and stopped by them. */
export class WorkDone {
  readonly #connection: Connection
  /** Whether the client shows progress that it did not ask for. */
  readonly #creates: boolean
  readonly #running = new Map<ProgressToken, AbortController>()

  constructor(connection: Connection, creates: boolean) {
    this.#connection = connection
    this.#creates = creates
  }

  /** Runs `work` under a title. Without a token of the client's own it gets one of ours where it can. */
  async run<T>(
    title: string,
    given: ProgressToken | undefined,
    signal: AbortSignal,
    work: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const token = given ?? (await this.#create())
    if (token === undefined) return work(() => {}, signal)
    const stop = new AbortController()
    this.#running.set(token, stop)
    const send = (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void =>
      void this.#connection.sendProgress(workDone, token, value)
    send({kind: 'begin', title, cancellable: true})
    try {
      return await work(message => send({kind: 'report', message}), AbortSignal.any([signal, stop.signal]))
    } finally {
      this.#running.delete(token)
      send({kind: 'end'})
    }
  }

  /** The person pressed cancel on the progress itself. */
  cancel(token: ProgressToken): void {
    this.#running.get(token)?.abort()
  }

  async #create(): Promise<ProgressToken | undefined> {
    if (!this.#creates) return undefined
    const token = crypto.randomUUID()
    return this.#connection.sendRequest('window/workDoneProgress/create', {token}).then(
      () => token,
      () => undefined,
    )
  }
}
