import {appendFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {type Answer, type Answering, type AnsweringPod, defaultAnswer} from './answers.ts'

/** A request that a pod answered, newest last in `LocalCluster.requests`. */
export type AnsweredRequest = {
  readonly namespace: string
  readonly pod: string
  readonly port: number
  readonly method: string
  readonly path: string
  readonly status: number
}

/** One port of one pod: a real HTTP server on a free port of 127.0.0.1, where kwok's port-forward ends. */
export class PodServer {
  readonly containerPort: number | undefined
  readonly #server: Server

  private constructor(server: Server, containerPort: number | undefined) {
    this.#server = server
    this.containerPort = containerPort
  }

  /** @param log the pod's log, in the form of the container runtime interface */
  static async listen(
    pod: AnsweringPod,
    answering: Answering,
    log: string,
    answered: (request: AnsweredRequest) => void,
    declared: boolean,
  ): Promise<PodServer> {
    const server = createServer(async (request, response) => {
      const {method = 'GET', url: path = '/', headers} = request
      const answer = await decide(answering, pod, {method, path, headers})
      const isText = answer.body === undefined || typeof answer.body === 'string'
      const type = isText ? 'text/plain; charset=utf-8' : 'application/json'
      const body = isText ? answer.body : JSON.stringify(answer.body)
      appendLog(log, `${method} ${path} ${answer.status}`)
      answered({namespace: pod.namespace, pod: pod.name, port: pod.port, method, path, status: answer.status})
      request.resume()
      response.writeHead(answer.status, {'content-type': type, ...answer.headers}).end(body)
    })
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
    // The cluster's programs keep the process that started them from ending no more than this does.
    server.unref()
    return new PodServer(server, declared ? pod.port : undefined)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

/** Appends a line as a container's standard output. */
export function appendLog(file: string, text: string): void {
  // Kubelets write nanoseconds, and readers parse them.
  const time = new Date().toISOString().replace('Z', '000000Z')
  appendFileSync(
    file,
    text
      .split('\n')
      .map(line => `${time} stdout F ${line}\n`)
      .join(''),
  )
}

async function decide(answering: Answering, pod: AnsweringPod, request: Parameters<Answering>[1]): Promise<Answer> {
  try {
    return (await answering(pod, request)) ?? defaultAnswer(pod, request)
  } catch (error) {
    return {status: 500, body: `${(error as Error).stack ?? error}\n`}
  }
}
