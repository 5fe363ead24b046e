import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {createInterface} from 'node:readline'

/** An open `kubectl port-forward`. */
export class Forward {
  readonly port: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** @param program the program that has kubectl in it */
  static async open(program: string, kubeconfig: string, target: {namespace: string; pod: string; port: number}, signal?: AbortSignal): Promise<Forward> {
    const parameters = ['kubectl', `--kubeconfig=${kubeconfig}`, '--namespace', target.namespace, 'port-forward', target.pod, `:${target.port}`]
    const child = spawn(program, parameters, {stdio: ['ignore', 'pipe', 'pipe'], signal})
    const said: string[] = []
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
    const end = () => child.kill('SIGKILL')
    process.once('exit', end)
    child.once('exit', () => process.off('exit', end))
    const failed = once(child, 'exit').then(() => {
      throw new Error(`kubectl port-forward to ${target.namespace}/${target.pod}:${target.port} ended: ${said.join('').trim()}`)
    })
    const opened = (async () => {
      for await (const line of createInterface({input: child.stdout})) {
        const port = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line)?.[1]
        if (port !== undefined) return Number(port)
      }
      return await failed
    })()
    const port = await Promise.race([opened, failed])
    failed.catch(() => {})
    child.stdout.resume()
    return new Forward(child, port)
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await ended
  }
}
