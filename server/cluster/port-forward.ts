import {Duplex, PassThrough, Writable} from 'node:stream'
import {PortForward} from '@kubernetes/client-node'
import type {Connection} from './connection.ts'
import {failed, type Result, succeeded} from './errors.ts'

/** What we use of a WebSocket. */
type Socket = {close(): void; addEventListener(type: 'close', listener: () => void): void}

/** Milliseconds to get the tunnel open. */
const connectDeadline = 10_000

/**
 * One connection to a port of a pod, through the API server. Nothing listens locally, so no port can be taken or overheard. A WebSocket
 * tunnel knows no half-close: the stream ends when either side closes it.
 */
export async function connectToPod(connection: Connection, namespace: string, pod: string, port: number, signal: AbortSignal): Promise<Result<Duplex>> {
  const {context} = connection.requests.asker
  const what = `Cannot forward to port ${port} of pod ${pod} in namespace ${namespace} (context ${context})`
  const stream = new PodStream(`${what}: `)
  const stop = AbortSignal.any([signal, AbortSignal.timeout(connectDeadline)])
  const {promise: given, resolve: giveUp} = Promise.withResolvers<'stopped'>()
  const onStop = () => giveUp('stopped')
  stop.addEventListener('abort', onStop, {once: true})
  try {
    // Brings an exec plugin's token up to date; client-node takes it from its cache.
    const authorized = await connection.credentials.authorize(stop)
    if (!authorized.ok) return authorized
    const opening = new PortForward(connection.credentials.config).portForward(
      namespace,
      pod,
      [port],
      stream.received,
      stream.errors,
      stream.sent,
    ) as Promise<Socket>
    const socket = await Promise.race([opening, given])
    if (socket === 'stopped') {
      opening.then(late => late.close()).catch(() => {})
      return signal.aborted ? failed('aborted', `${what}: stopped.`) : failed('timeout', `${what}: not open within ${connectDeadline / 1000} s.`)
    }
    stream.attach(socket)
    return succeeded(stream)
  } catch (error) {
    const said = connection.credentials.redact(messageOf(error))
    const kind = said.includes(' 403') ? 'forbidden' : said.includes(' 404') ? 'notFound' : 'unreachable'
    const help = kind === 'forbidden' ? ' Ask for create on pods/portforward.' : ''
    return failed(kind, `${what}: ${said}.${help}`, said)
  } finally {
    stop.removeEventListener('abort', onStop)
  }
}

/** What client-node's port-forward, which takes three streams, looks like as one. */
class PodStream extends Duplex {
  /** Towards the pod. */
  readonly sent = new PassThrough()
  readonly received: Writable
  readonly errors: Writable
  #socket: Socket | undefined

  constructor(prefix: string) {
    super()
    this.received = new Writable({
      write: (chunk, _encoding, done) => {
        this.push(chunk)
        done()
      },
    })
    this.errors = new Writable({
      write: (chunk, _encoding, done) => {
        // The tunnel begins this stream with two bytes of port number and nothing else.
        if (String(chunk).trim() !== '') this.destroy(new Error(prefix + String(chunk).trim()))
        done()
      },
    })
  }

  attach(socket: Socket): void {
    this.#socket = socket
    socket.addEventListener('close', () => this.push(null))
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.sent.write(chunk)
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket?.close()
    done(error)
  }
}

function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message)
  return String(error)
}
