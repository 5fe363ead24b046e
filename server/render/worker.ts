import {existsSync, openSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {devNull} from 'node:os'
import {parentPort, workerData} from 'node:worker_threads'
import {brotliDecompressSync, gunzipSync, zstdDecompressSync} from 'node:zlib'
import {EngineInstance} from './engine-instance.ts'
import type {Order, Report, WorkerData} from './messages.ts'

/** The module as it was built, or compressed as it is packaged. */
async function readEngine(path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!existsSync(path)) throw new Error(`${path} does not exist.`)
  const bytes = await readFile(path)
  if (path.endsWith('.zst')) return zstdDecompressSync(bytes)
  if (path.endsWith('.br')) return brotliDecompressSync(bytes)
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

const port = parentPort
if (port === null) throw new Error('render/worker.ts runs as a worker thread only.')
const say = (report: Report) => port.postMessage(report)

// Kustomize prints deprecations, which are no result and would end up in the editor's log.
const instance = await EngineInstance.start(await readEngine((workerData as WorkerData).engine), openSync(devNull, 'w'))
port.on('message', ({id, frame}: Order) => {
  const text = instance.render(frame)
  say({kind: 'answer', id, text, memory: instance.memory})
  instance.collect()
})
say({kind: 'ready'})
