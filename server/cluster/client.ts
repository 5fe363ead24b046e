import {Worker} from 'node:worker_threads'
import type {
  Outcome,
  Plan,
  PromotionEvent,
  PromotionRequest,
  PromotionService,
  RenderedTarget,
  ResolvedTarget,
  RollbackRequest,
  TargetStatus,
} from '../model/promotion.ts'
import type {KubeconfigSource} from './kubeconfig.ts'
import type {Method, Methods, Order, Report, WorkerData} from './messages.ts'

export type ClusterWorkerOptions = {
  /** The worker's program: `cluster/worker.ts` or its bundle. */
  readonly worker: URL
  readonly kubeconfig?: KubeconfigSource
  /** Told when the thread dies, and why. */
  readonly log?: (message: string) => void
}

type Pending = {take(report: Report): void; die(message: string): void}

/**
 * The engine in a thread of its own, started by the first call. When it dies, what was under way ends with a word on how to go on, the rest
 * of the process does not notice, and the next call starts another one.
 */
export class ClusterWorker implements PromotionService {
  readonly #options: ClusterWorkerOptions
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | undefined
  #lastId = 0

  constructor(options: ClusterWorkerOptions) {
    this.#options = options
  }

  async plan(request: PromotionRequest, signal: AbortSignal): Promise<Plan> {
    const {release, targets} = request
    return this.#first('plan', request, signal, why => refused('promote', why, targets[0]?.target, release))
  }

  async planRollback(request: RollbackRequest, signal: AbortSignal): Promise<Plan> {
    const release = {id: request.to ?? 'unknown', commit: '', digests: {}}
    return this.#first('planRollback', request, signal, why => refused('rollback', why, request.targets[0], release))
  }

  status(targets: readonly ResolvedTarget[], signal: AbortSignal): Promise<readonly TargetStatus[]> {
    return this.#first('status', targets, signal, why => targets.map(target => unknown(target, why)))
  }

  promote(request: PromotionRequest, signal: AbortSignal): AsyncIterable<PromotionEvent> {
    const [first] = request.targets
    return this.#events('promote', request, signal, first?.target.environment, request.release.id)
  }

  rollback(request: RollbackRequest, signal: AbortSignal): AsyncIterable<PromotionEvent> {
    return this.#events('rollback', request, signal, request.targets[0]?.environment, request.to ?? '')
  }

  setup(targets: readonly RenderedTarget[], signal: AbortSignal): AsyncIterable<PromotionEvent> {
    return this.#events('setup', targets, signal, targets[0]?.target.environment, '')
  }

  /** Ends without a word when the thread dies. */
  watch(targets: readonly ResolvedTarget[], signal: AbortSignal): AsyncIterable<readonly TargetStatus[]> {
    return this.#stream('watch', targets, signal, () => undefined)
  }

  /** Ends the thread as a crash would. */
  async kill(): Promise<void> {
    await this.#worker?.terminate()
  }

  async close(): Promise<void> {
    await this.kill()
  }

  async #first<M extends Method>(
    method: M,
    input: Methods[M]['input'],
    signal: AbortSignal,
    otherwise: (why: string) => Methods[M]['item'],
  ): Promise<Methods[M]['item']> {
    for await (const item of this.#stream(method, input, signal, otherwise)) return item
    return otherwise('it was stopped.')
  }

  async *#events(
    method: 'promote' | 'rollback' | 'setup',
    input: Methods[typeof method]['input'],
    signal: AbortSignal,
    environment = '',
    release = '',
  ): AsyncIterable<PromotionEvent> {
    const began = Date.now()
    const interrupted = (why: string): PromotionEvent => {
      const way =
        method === 'promote' ? `Promote ${release} again to go on, or roll back` : method === 'rollback' ? 'Roll back again to go on' : 'Run setup again'
      const message = `${environment}: interrupted, resume: ${why} ${way}; what was written stays, and the record in the cluster says how far it got.`
      const outcome: Outcome = {result: 'blocked', environment, release, message, seconds: (Date.now() - began) / 1000}
      return {kind: 'outcome', at: Date.now(), outcome}
    }
    yield* this.#stream(method, input, signal, interrupted) as AsyncIterable<PromotionEvent>
  }

  /** Items as they come. `lastWord` makes the last one when the thread dies; undefined ends without one. */
  async *#stream<M extends Method>(
    method: M,
    input: Methods[M]['input'],
    signal: AbortSignal,
    lastWord: (why: string) => Methods[M]['item'] | undefined,
  ): AsyncGenerator<Methods[M]['item']> {
    const id = ++this.#lastId
    const queue: Methods[M]['item'][] = []
    let wake = Promise.withResolvers<void>()
    let over = false
    const end = () => {
      over = true
      wake.resolve()
    }
    const die = (message: string) => {
      const word = lastWord(message)
      if (word !== undefined) queue.push(word)
      end()
    }
    const take = (report: Report) => {
      if (report.kind === 'item') queue.push(report.item as Methods[M]['item'])
      if (report.kind === 'failed') die(`the engine failed: ${report.message.split('\n', 1)[0]}.`)
      if (report.kind === 'failed') this.#options.log?.(report.message)
      if (report.kind === 'end') end()
      wake.resolve()
    }
    const worker = this.#running()
    this.#pending.set(id, {take, die})
    worker.ref()
    const cancel = () => worker.postMessage({kind: 'cancel', id} satisfies Order)
    signal.addEventListener('abort', cancel, {once: true})
    worker.postMessage({kind: 'call', id, method, input} as Order)
    if (signal.aborted) cancel()
    try {
      while (!over || queue.length > 0) {
        const item = queue.shift()
        if (item !== undefined) yield item
        else {
          await wake.promise
          wake = Promise.withResolvers<void>()
        }
      }
    } finally {
      signal.removeEventListener('abort', cancel)
      if (!over) cancel()
      this.#pending.delete(id)
      // A thread with nothing to do keeps no process alive.
      if (this.#pending.size === 0) this.#worker?.unref()
    }
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const {path, environment} = this.#options.kubeconfig ?? {}
    const workerData: WorkerData = {kubeconfig: {path, environment: environment && {...environment}}}
    const worker = new Worker(this.#options.worker, {workerData})
    let why = 'the cluster thread ended.'
    worker.on('message', (report: Report) => this.#pending.get(report.id)?.take(report))
    worker.on('error', error => {
      why = `the cluster thread died: ${error instanceof Error ? error.message : String(error)}.`
    })
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined
      if (this.#pending.size > 0) this.#options.log?.(why)
      for (const pending of [...this.#pending.values()]) pending.die(why)
      this.#pending.clear()
    })
    this.#worker = worker
    return worker
  }
}

const unknown = ({environment, target, namespace, cluster}: ResolvedTarget, why: string): TargetStatus => ({
  environment,
  target,
  namespace,
  context: cluster.context,
  phase: 'unreachable',
  message: `${environment}: ${why}`,
  retained: [],
})

function refused(action: Plan['action'], why: string, target: ResolvedTarget | undefined, release: Plan['release']): Plan {
  const {progression = '', environment = '', production = false} = target ?? {}
  return {digest: '', action, release, progression, environment, production, targets: [], steps: [], refusals: [`Interrupted: ${why} Plan again.`], remarks: []}
}
