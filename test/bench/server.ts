import {type ChildProcess, spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {Framing, frame} from '../lsp/framing.ts'

type Message = {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: {readonly code: number; readonly message: string}
}

export type Capabilities = {readonly diagnosticProvider?: unknown; readonly completionProvider?: unknown}

const capabilities = {
  general: {positionEncodings: ['utf-16']},
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: {dynamicRegistration: true},
    didChangeWatchedFiles: {dynamicRegistration: true},
    diagnostics: {refreshSupport: true},
  },
  textDocument: {
    synchronization: {didSave: true},
    publishDiagnostics: {relatedInformation: true, versionSupport: true, codeDescriptionSupport: true},
    diagnostic: {dynamicRegistration: true},
    hover: {contentFormat: ['markdown']},
    completion: {completionItem: {snippetSupport: true}},
    documentSymbol: {hierarchicalDocumentSymbolSupport: true},
  },
}

/** Any language server, seen from outside: messages out, messages in, and when they came. Milliseconds of `performance.now()`. */
export class MeasuredServer {
  readonly started = performance.now()
  lastMessage = 0
  refreshes = 0
  readonly #process: ChildProcess
  readonly #framing = new Framing()
  readonly #answers = new Map<number, (message: Message, at: number) => void>()
  readonly #listeners = new Set<(message: Message, at: number) => void>()
  readonly #settings: Readonly<Record<string, unknown>>
  #id = 0

  constructor(command: readonly string[], settings: Readonly<Record<string, unknown>> = {}) {
    const [program = process.execPath, ...args] = command
    this.#settings = settings
    this.#process = spawn(program, args, {stdio: ['pipe', 'pipe', 'ignore']})
    this.#process.stdout?.on('data', (bytes: Buffer) => {
      const at = performance.now()
      this.lastMessage = at
      for (const text of this.#framing.push(bytes)) this.#arrive(JSON.parse(text) as Message, at)
    })
    this.#process.on('exit', () => {
      for (const answer of this.#answers.values()) answer({error: {code: 0, message: 'the server ended'}}, performance.now())
    })
  }

  /** From spawn to the answer of `initialize`. */
  async initialize(folder: string): Promise<{readonly milliseconds: number; readonly capabilities: Capabilities}> {
    const {result, at} = await this.ask<{capabilities: Capabilities}>('initialize', {
      processId: process.pid,
      rootUri: folder,
      workspaceFolders: [{uri: folder, name: 'bench'}],
      capabilities,
      initializationOptions: {},
    })
    this.notify('initialized', {})
    this.notify('workspace/didChangeConfiguration', {settings: this.#settings})
    return {milliseconds: at - this.started, capabilities: result.capabilities}
  }

  /** The answer and when it came. Rejects where it is an error. */
  ask<T>(method: string, params: unknown): Promise<{readonly result: T; readonly at: number}> {
    const id = ++this.#id
    return new Promise((resolve, reject) => {
      this.#answers.set(id, (message, at) => (message.error ? reject(new Answered(message.error)) : resolve({result: message.result as T, at})))
      this.#process.stdin?.write(frame({jsonrpc: '2.0', id, method, params}))
    })
  }

  notify(method: string, params: unknown): void {
    this.#process.stdin?.write(frame({jsonrpc: '2.0', method, params}))
  }

  /** The next message that satisfies, and when it came. */
  next(satisfies: (message: {readonly method?: string; readonly params?: unknown}) => boolean): Promise<number> {
    return new Promise(resolve => {
      const listener = (message: Message, at: number): void => {
        if (!satisfies(message)) return
        this.#listeners.delete(listener)
        resolve(at)
      }
      this.#listeners.add(listener)
    })
  }

  /** Until nothing has come for a while. */
  async quiet(milliseconds = 300): Promise<void> {
    this.lastMessage = performance.now()
    while (performance.now() - this.lastMessage < milliseconds) await pause(20)
  }

  /** Resident memory in megabytes, as the kernel says; undefined where there is no such kernel. */
  memory(): number | undefined {
    try {
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#process.pid}/status`, 'utf8'))?.[1]
      return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
    } catch {
      return undefined
    }
  }

  stop(): void {
    this.#process.kill()
  }

  #arrive(message: Message, at: number): void {
    if (message.method === undefined) {
      this.#answers.get(Number(message.id))?.(message, at)
      this.#answers.delete(Number(message.id))
      return
    }
    if (message.method === 'workspace/diagnostic/refresh') this.refreshes++
    if (message.id !== undefined) this.#process.stdin?.write(frame({jsonrpc: '2.0', id: message.id, result: this.#answer(message)}))
    for (const listener of [...this.#listeners]) listener(message, at)
  }

  #answer({method, params}: Message): unknown {
    if (method !== 'workspace/configuration') return null
    return (params as {items: readonly {section?: string}[]}).items.map(({section}) =>
      section === undefined ? this.#settings : (this.#settings[section] ?? null),
    )
  }
}

/** An answer that was an error. */
export class Answered extends Error {
  readonly code: number

  constructor({code, message}: {readonly code: number; readonly message: string}) {
    super(message)
    this.code = code
  }
}

export const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds))
