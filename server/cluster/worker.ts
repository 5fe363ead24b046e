import {parentPort, workerData} from 'node:worker_threads'
import {openDirectEngine} from '../engines/direct.ts'
import type {Methods, Order, Report, WorkerData} from './messages.ts'

const port = parentPort
if (port === null) throw new Error('cluster/worker.ts runs as a worker thread only.')
const say = (report: Report) => port.postMessage(report)

const engine = openDirectEngine(workerData as WorkerData)
const running = new Map<number, AbortController>()

async function* once<T>(answer: Promise<T>): AsyncIterable<T> {
  yield await answer
}

function answers(order: Extract<Order, {kind: 'call'}>, signal: AbortSignal): AsyncIterable<Methods[keyof Methods]['item']> {
  switch (order.method) {
    case 'plan':
      return once(engine.plan(order.input, signal))
    case 'planRollback':
      return once(engine.planRollback(order.input, signal))
    case 'status':
      return once(engine.status(order.input, signal))
    case 'promote':
      return engine.promote(order.input, signal)
    case 'rollback':
      return engine.rollback(order.input, signal)
    case 'setup':
      return engine.setup(order.input, signal)
    case 'watch':
      return engine.watch(order.input, signal)
  }
}

async function carryOut(order: Extract<Order, {kind: 'call'}>): Promise<void> {
  const {id} = order
  const cancel = new AbortController()
  running.set(id, cancel)
  try {
    for await (const item of answers(order, cancel.signal)) say({kind: 'item', id, item})
    say({kind: 'end', id})
  } catch (error) {
    say({kind: 'failed', id, message: error instanceof Error ? (error.stack ?? error.message) : String(error)})
  } finally {
    running.delete(id)
  }
}

port.on('message', (order: Order) => {
  if (order.kind === 'cancel') running.get(order.id)?.abort()
  else void carryOut(order)
})
