import {fileURLToPath} from 'node:url'
import {Worker} from 'node:worker_threads'
import type {Order, Report, WorkerData} from './messages.ts'

export type EngineThreadOptions = {
  /** Path of the module: .wasm, or compressed .wasm.zst, .wasm.br or .wasm.gz. */
  readonly engine: string | URL
  /** The worker's own bundle, or worker.ts. */
  readonly worker: string | URL
  /** Milliseconds without work after which the thread ends and gives its memory back. */
  readonly quiet: number
  /** Milliseconds one rendering may take, and the start of the engine too. */
  readonly deadline: number
  /** Bytes the engine may hold after an answer; beyond them the next request gets a fresh one. */
  readonly memory: number
}

/** The engine's answer as JSON text, or why there is none. */
export type Reply = {readonly text: string} | {readonly lost: string}

type Job = {readonly name: string; readonly frame: Uint8Array<ArrayBuffer>; readonly done: (reply: Reply) => void}

/**
 * The worker thread with the engine: started by the first request, one request at a time, ended when it is too slow, too large
 * or no longer needed. It never keeps the process alive by itself.
 */
export class EngineThread {
  readonly #options: EngineThreadOptions
  readonly #waiting: Job[] = []
  #worker: Worker | undefined
  #ready = false
  #running: Job | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false
  #orders = 0

  constructor(options: EngineThreadOptions) {
    this.#options = options
  }

  /** Asks the engine; `name` is for messages. A request whose signal is aborted before its turn is dropped; one that runs is finished. */
  ask(name: string, frame: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Reply> {
    return new Promise(resolve => {
      if (this.#closed) return resolve({lost: 'The render engine was closed.'})
      const job: Job = {name, frame, done: resolve}
      this.#waiting.push(job)
      signal.addEventListener('abort', () => this.#drop(job), {once: true})
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const job of this.#waiting.splice(0)) job.done({lost: 'The render engine was closed.'})
    await this.#end('The render engine was closed.')
  }

  #drop(job: Job): void {
    const index = this.#waiting.indexOf(job)
    if (index < 0) return
    this.#waiting.splice(index, 1)
    job.done({lost: 'The rendering was cancelled.'})
  }

  #next(): void {
    if (this.#running !== undefined || this.#closed) return
    if (this.#waiting.length === 0) this.#rest()
    else if (this.#worker === undefined) this.#start()
    else if (this.#ready) this.#run(this.#worker)
  }

  #run(worker: Worker): void {
    const job = this.#waiting.shift()
    if (job === undefined) return
    this.#running = job
    worker.ref()
    const {deadline} = this.#options
    this.#after(deadline, () => void this.#end(`Rendering ${job.name} took longer than ${seconds(deadline)} and was stopped.`))
    const order: Order = {id: ++this.#orders, frame: job.frame}
    worker.postMessage(order, [job.frame.buffer])
  }

  #start(): void {
    const {engine, worker: path, deadline} = this.#options
    const workerData: WorkerData = {engine: typeof engine === 'string' ? engine : fileURLToPath(engine)}
    // A chart that includes itself goes a thousand levels deep before Helm stops it: more stack than the 4 MB a thread has.
    const worker = new Worker(path, {workerData, execArgv: ['--disable-warning=ExperimentalWarning'], resourceLimits: {stackSizeMb: 64}})
    this.#worker = worker
    this.#ready = false
    this.#after(deadline, () => void this.#end(`The render engine did not start within ${seconds(deadline)}.`))
    worker.on('message', (report: Report) => {
      if (worker === this.#worker) this.#hear(report)
    })
    worker.on('error', error => {
      if (worker === this.#worker) void this.#end(`The render engine stopped: ${error.message}`)
    })
    worker.on('exit', code => {
      if (worker === this.#worker) void this.#end(`The render engine ended with code ${code}.`)
    })
  }

  #hear(report: Report): void {
    clearTimeout(this.#timer)
    if (report.kind === 'ready') this.#ready = true
    else {
      this.#running?.done({text: report.text})
      this.#running = undefined
      if (report.memory > this.#options.memory) void this.#end('')
    }
    this.#next()
  }

  /** Nothing to do: the process may end, and after a quiet time the thread does. */
  #rest(): void {
    if (this.#worker === undefined) return
    this.#worker.unref()
    this.#after(this.#options.quiet, () => void this.#end(''))
    this.#timer?.unref()
  }

  #after(milliseconds: number, action: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(action, milliseconds)
  }

  /** Ends the thread. What it was doing is lost, and while it could not even start, what waits for it too. */
  async #end(why: string): Promise<void> {
    clearTimeout(this.#timer)
    const worker = this.#worker
    if (worker === undefined) return
    const lost = this.#ready ? [] : this.#waiting.splice(0)
    if (this.#running !== undefined) lost.push(this.#running)
    this.#worker = undefined
    this.#running = undefined
    for (const job of lost) job.done({lost: why})
    this.#next()
    await worker.terminate()
  }
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toLocaleString('en')} s`
