import assert from 'node:assert/strict'
import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'
import type {Diagnostic, DocumentDiagnosticReport, InitializeResult, Position, Range, WorkspaceDiagnosticReport} from 'vscode-languageserver-protocol'
import {fileUri} from '../../server/document/uri.ts'
import {rules} from '../../server/rules/index.ts'
import {Framing, frame} from './framing.ts'

type Message = {readonly id?: number | string; readonly method?: string; readonly params?: unknown; readonly result?: unknown; readonly error?: RequestError}
export type RequestError = {readonly code: number; readonly message: string; readonly data?: unknown}

export type ClientOptions = {
  /** Paths of the workspace folders; none where it is left out. */
  readonly folders?: readonly string[]
  /** Merged over what a capable client says. */
  readonly capabilities?: Readonly<Record<string, unknown>>
  readonly initializationOptions?: unknown
  /** A promise holds the answer back until it resolves. */
  readonly settings?: unknown
  /** The program, where it is not the server itself. */
  readonly program?: string
}

const capable = {
  general: {positionEncodings: ['utf-16']},
  window: {workDoneProgress: true},
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: {dynamicRegistration: true},
    didChangeWatchedFiles: {dynamicRegistration: true, relativePatternSupport: true},
    diagnostics: {refreshSupport: true},
    workspaceEdit: {documentChanges: true},
  },
  textDocument: {
    diagnostic: {relatedInformation: true},
    publishDiagnostics: {relatedInformation: true},
    documentSymbol: {hierarchicalDocumentSymbolSupport: true},
    codeAction: {codeActionLiteralSupport: {codeActionKind: {valueSet: ['quickfix']}}},
  },
}

/** Rules that these tests speak of. The others are off, so that a new one does not change what is expected here. */
const spoken = new Set([
  'config/schema',
  'config/unknown-key',
  'config/duplicate-key',
  'config/rendering',
  'config/missing-file',
  'rollback/missing',
  'parity/replicas',
])
export const few: Readonly<Record<string, string>> = Object.fromEntries(Object.keys(rules).flatMap(code => (spoken.has(code) ? [] : [[code, 'off']])))

const serverProgram = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

/** An answer that was an error. */
export class Refused extends Error {
  readonly error: RequestError

  constructor(error: RequestError) {
    super(`${error.code}: ${error.message}`)
    this.error = error
  }
}

/** A small language client over real standard input and output. */
export class Client {
  readonly process: ChildProcess
  readonly received: Message[] = []
  settings: unknown
  readonly #framing = new Framing()
  readonly #answers = new Map<number, (message: Message) => void>()
  readonly #arrivals = new Set<() => void>()
  readonly #versions = new Map<string, number>()
  #id = 0
  #errors = ''

  constructor({settings, program = serverProgram}: ClientOptions = {}) {
    this.settings = settings ?? {rules: few}
    this.process = spawn(process.execPath, [program, '--stdio'], {stdio: ['pipe', 'pipe', 'pipe']})
    this.process.stdout?.on('data', (bytes: Buffer) => {
      for (const text of this.#framing.push(bytes)) this.#arrive(JSON.parse(text) as Message)
    })
    this.process.stderr?.on('data', (bytes: Buffer) => {
      this.#errors += bytes.toString()
    })
    this.process.on('exit', () => {
      for (const answer of this.#answers.values()) answer({error: {code: 0, message: `the server ended: ${this.#errors}`}})
    })
  }

  /** Everything up to `initialized`. */
  async initialize({folders = [], capabilities = {}, initializationOptions}: ClientOptions = {}): Promise<InitializeResult> {
    const workspaceFolders = folders.map(path => ({uri: fileUri(path), name: path}))
    const parameters = {
      processId: process.pid,
      rootUri: workspaceFolders[0]?.uri ?? null,
      workspaceFolders,
      capabilities: {...capable, ...capabilities},
      initializationOptions,
    }
    const result = await this.request<InitializeResult>('initialize', parameters)
    this.notify('initialized', {})
    // Who cannot be asked for settings sends them.
    const {workspace} = {...capable, ...capabilities} as typeof capable
    if (!workspace?.configuration) this.notify('workspace/didChangeConfiguration', {settings: {progression: this.settings}})
    return result
  }

  /** The answer; rejects with {@link Refused}. */
  request<T>(method: string, params?: unknown): Promise<T> {
    return this.send<T>(method, params).answer
  }

  /** The same with the means to cancel it. */
  send<T>(method: string, params?: unknown): {readonly answer: Promise<T>; cancel(): void} {
    const id = ++this.#id
    const answer = new Promise<T>((resolve, reject) => {
      this.#answers.set(id, message => (message.error ? reject(new Refused(message.error)) : resolve(message.result as T)))
    })
    this.#write({jsonrpc: '2.0', id, method, params})
    return {answer, cancel: () => this.notify('$/cancelRequest', {id})}
  }

  notify(method: string, params: unknown): void {
    this.#write({jsonrpc: '2.0', method, params})
  }

  /** Opens a text; a `|` in it is the cursor, taken out and returned. */
  open(uri: string, marked: string, languageId = 'progression'): Position {
    const {text, position} = cursorIn(marked)
    this.#versions.set(uri, 1)
    this.notify('textDocument/didOpen', {textDocument: {uri, languageId, version: 1, text}})
    return position
  }

  /** One edit, or a whole text where no range is given. */
  change(uri: string, text: string, range?: Range): void {
    const version = (this.#versions.get(uri) ?? 1) + 1
    this.#versions.set(uri, version)
    this.notify('textDocument/didChange', {textDocument: {uri, version}, contentChanges: [range ? {range, text} : {text}]})
  }

  close(uri: string): void {
    this.notify('textDocument/didClose', {textDocument: {uri}})
  }

  report(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.request('textDocument/diagnostic', {textDocument: {uri}, previousResultId})
  }

  /** What a pull says now; an outdated answer is asked for again, as editors do. */
  async pull(uri: string): Promise<readonly Diagnostic[]> {
    for (;;) {
      try {
        const report = await this.report(uri)
        assert.equal(report.kind, 'full')
        return report.kind === 'full' ? report.items : []
      } catch (error) {
        if (!(error instanceof Refused) || error.error.code !== -32802) throw error
      }
    }
  }

  /** Pulls, and again after each refresh, until what is there satisfies. Fails by the test's own time limit. */
  async pullUntil(uri: string, satisfies: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    for (;;) {
      const seen = this.count('workspace/diagnostic/refresh')
      const diagnostics = await this.pull(uri)
      if (satisfies(diagnostics)) return diagnostics
      await this.until(() => this.count('workspace/diagnostic/refresh') > seen)
    }
  }

  workspacePull(
    previousResultIds: readonly {uri: string; value: string}[] = [],
    partialResultToken?: string,
  ): {readonly answer: Promise<WorkspaceDiagnosticReport>; cancel(): void} {
    return this.send('workspace/diagnostic', {previousResultIds, partialResultToken})
  }

  /** How many messages of a method came so far. */
  count(method: string): number {
    return this.received.filter(message => message.method === method).length
  }

  /** Parameters of the messages of a method, in their order. */
  of<T>(method: string): readonly T[] {
    return this.received.filter(message => message.method === method).map(message => message.params as T)
  }

  /** Resolves once it holds; looked at after each message. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      assert.equal(this.process.exitCode, null, `the server ended: ${this.#errors}`)
      await new Promise<void>(resolve => {
        const wake = (): void => {
          this.#arrivals.delete(wake)
          resolve()
        }
        this.#arrivals.add(wake)
      })
    }
  }

  /** In good order; resolves with the exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode
    const ended = once(this.process, 'exit')
    await this.request('shutdown')
    this.notify('exit', undefined)
    await ended
    return this.process.exitCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.stop()
  }

  #write(message: unknown): void {
    this.process.stdin?.write(frame(message))
  }

  #arrive(message: Message): void {
    if (message.method === undefined) {
      this.#answers.get(Number(message.id))?.(message)
      this.#answers.delete(Number(message.id))
    } else {
      this.received.push(message)
      if (message.id !== undefined) void this.#answer(message).then(result => this.#write({jsonrpc: '2.0', id: message.id, result}))
    }
    for (const wake of [...this.#arrivals]) wake()
  }

  async #answer({method, params}: Message): Promise<unknown> {
    if (method !== 'workspace/configuration') return null
    const settings = await this.settings
    return (params as {items: readonly unknown[]}).items.map(() => settings)
  }
}

/** Takes the cursor, a `|`, out of a text. At the start where there is none; `||` keeps one for a block scalar. */
export function cursorIn(marked: string): {readonly text: string; readonly position: Position} {
  const at = marked.search(/(?<!\|)\|(?!\||[-+\d]*\n)/)
  const before = (at < 0 ? '' : marked.slice(0, at)).replaceAll('||', '|')
  const text = at < 0 ? marked.replaceAll('||', '|') : before + marked.slice(at + 1).replaceAll('||', '|')
  const lines = before.split('\n')
  return {text, position: {line: lines.length - 1, character: lines.at(-1)?.length ?? 0}}
}

/** A client that is ready to be asked. */
export async function connect(options: ClientOptions = {}): Promise<Client> {
  const client = new Client(options)
  await client.initialize(options)
  return client
}
