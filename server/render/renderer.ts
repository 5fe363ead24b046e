import {createHash} from 'node:crypto'
import type {KubernetesObject, Manifest, ManifestSource, Renderer, Rendering, RenderRequest} from '../model/manifests.ts'
import {Collection, type Limits, usualLimits} from './collection.ts'
import {EngineThread, type Reply} from './engine-thread.ts'
import {type EngineAnswer, type EngineRequest, frame} from './frame.ts'
import {named, planRendering} from './plan.ts'
import {RecentResults} from './results.ts'
import {warmUp} from './warm-up.ts'

export type WasmRendererOptions = {
  /** Path of the engine: .wasm, or compressed .wasm.zst, .wasm.br or .wasm.gz. */
  readonly engine: string | URL
  /** The bundle of worker.ts, or worker.ts itself. */
  readonly worker: string | URL
  /** Milliseconds without work after which the engine gives its memory back. */
  readonly quiet?: number
  /** Milliseconds one rendering may take. */
  readonly deadline?: number
  /** Bytes the engine may hold between renderings. */
  readonly memory?: number
  /** Characters of JSON that are remembered. */
  readonly remembered?: number
  readonly limits?: Limits
}

/** A rendering under way, and how many wait for it. */
type Flight = {readonly answer: Promise<EngineAnswer>; readonly stop: AbortController; waiting: number}

/** How long a rendering that was too slow or crashed the engine is not tried again. */
const pause = 30_000
/** How often the engine may ask for files that the text of a kustomization did not name. */
const rounds = 5

/** Renders with the WebAssembly engine in a worker thread. Results are remembered by content, and equal requests share one rendering. */
export class WasmRenderer implements Renderer {
  readonly #thread: EngineThread
  readonly #limits: Limits
  readonly #results: RecentResults<EngineAnswer>
  readonly #flights = new Map<string, Flight>()

  constructor({engine, worker, quiet = 60_000, deadline = 20_000, memory = 512e6, remembered = 64e6, limits = usualLimits}: WasmRendererOptions) {
    this.#thread = new EngineThread({engine, worker, quiet, deadline, memory})
    this.#limits = limits
    this.#results = new RecentResults(remembered)
  }

  /** Starts the engine and lets it load what its first overlay would wait for, about a second in its own thread. */
  async warm(signal: AbortSignal): Promise<void> {
    await this.#thread.ask('a first overlay', warmUp(), signal)
  }

  async render(request: RenderRequest, signal: AbortSignal): Promise<Rendering> {
    signal.throwIfAborted()
    const renderings = await Promise.all(request.sources.map(source => this.#source(source, request, signal)))
    const read = [...new Set(renderings.flatMap(rendering => rendering.read))].sort()
    const bad = renderings.find(rendering => rendering.state === 'failed') ?? renderings.find(rendering => rendering.state === 'unknown')
    if (bad !== undefined) return {...bad, read}
    return {state: 'rendered', manifests: renderings.flatMap(rendering => (rendering.state === 'rendered' ? rendering.manifests : [])), read}
  }

  async close(): Promise<void> {
    await this.#thread.close()
  }

  async #source(source: ManifestSource, request: RenderRequest, signal: AbortSignal): Promise<Rendering> {
    const collection = new Collection(request.files, request.root, this.#limits, signal)
    try {
      const rendering = await this.#collected(source, request, collection, signal)
      signal.throwIfAborted()
      return rendering
    } catch (error) {
      signal.throwIfAborted()
      return {state: 'unknown', why: error instanceof Error ? error.message : String(error), read: collection.dependencies}
    }
  }

  async #collected(source: ManifestSource, request: RenderRequest, collection: Collection, signal: AbortSignal): Promise<Rendering> {
    const plan = await planRendering(source, request, collection)
    for (let round = 0; plan.state === 'ready' && collection.excess === undefined && round < rounds; round++) {
      const answer = await this.#answer(plan.request, collection.contents, signal)
      const found = await this.#find(answer.missing ?? [], collection)
      if (!found) return rendering(answer, plan.request, collection)
    }
    const read = collection.dependencies
    if (plan.state === 'failed') return {state: 'failed', message: plan.message, at: {uri: collection.uriOf(plan.path), line: plan.line}, read}
    if (plan.state === 'unknown') return {state: 'unknown', why: plan.why, read}
    const why = collection.excess ?? 'it asks for ever more files'
    return {state: 'unknown', why: `${named(plan.request.folder)} was not rendered: ${why}.`, read}
  }

  /** Reads what the engine missed; whether any of it exists after all. */
  async #find(missing: readonly string[], collection: Collection): Promise<boolean> {
    const unknown = missing.filter(path => !collection.knows(path))
    const read = await Promise.all(unknown.map(path => collection.read(path)))
    return read.some(bytes => bytes !== undefined)
  }

  async #answer(request: EngineRequest, files: ReadonlyMap<string, Uint8Array>, signal: AbortSignal): Promise<EngineAnswer> {
    const asked = frame(request, files)
    const key = createHash('sha256').update(asked).digest('base64')
    const known = this.#results.get(key)
    if (known !== undefined) return known
    const flight = this.#flights.get(key) ?? this.#begin(key, named(request.folder), asked)
    flight.waiting++
    const leave = () => {
      if (--flight.waiting === 0) flight.stop.abort()
    }
    signal.addEventListener('abort', leave, {once: true})
    try {
      return await unlessAborted(flight.answer, signal)
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  #begin(key: string, name: string, asked: Uint8Array<ArrayBuffer>): Flight {
    const stop = new AbortController()
    const answer = this.#thread.ask(name, asked, stop.signal).then(reply => {
      this.#flights.delete(key)
      const read = readReply(reply)
      if ('text' in reply) this.#results.set(key, read, reply.text.length)
      else if (!stop.signal.aborted) this.#results.set(key, read, reply.lost.length, pause)
      return read
    })
    // Whoever asks after the last one left begins anew.
    stop.signal.addEventListener('abort', () => this.#flights.delete(key), {once: true})
    const flight: Flight = {answer, stop, waiting: 0}
    this.#flights.set(key, flight)
    return flight
  }
}

const readReply = (reply: Reply): EngineAnswer => ('text' in reply ? (JSON.parse(reply.text) as EngineAnswer) : {state: 'unknown', message: reply.lost})

function rendering(answer: EngineAnswer, request: EngineRequest, collection: Collection): Rendering {
  const read = collection.dependencies
  const {state, message = '', file, line} = answer
  if (state === 'unknown') return {state, why: message, read}
  if (state === 'failed') return {state, message, at: {uri: collection.uriOf(file ?? request.folder), ...(line === undefined ? {} : {line})}, read}
  const manifests = (answer.manifests ?? []).map(
    ({object, origin, line}): Manifest => ({
      object: object as KubernetesObject,
      ...(origin === undefined ? {} : {origin: collection.uriOf(origin)}),
      ...(line === undefined ? {} : {line}),
    }),
  )
  return {state, manifests, read}
}

function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, {once: true})
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
