import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Api} from './api.ts'
import {programIn} from './build.ts'
import type {ControlPlane} from './control-plane.ts'
import {Forward} from './forward.ts'
import type {Identity, IdentityName} from './identities.ts'
import type {AnsweredRequest} from './pod-server.ts'
import type {Pods} from './pods.ts'
import {type Result, type RunOptions, run} from './run.ts'

type Parts = {
  readonly folder: string
  readonly programs: string
  readonly uid: string
  readonly ca: string
  readonly api: Api
  readonly identities: readonly Identity[]
  readonly controlPlane: ControlPlane
  readonly pods: Pods
  readonly stop: () => Promise<void>
}

/** A running cluster, owned by this process. Made by `startCluster`. */
export class LocalCluster {
  /** A kubeconfig with the contexts `local` (may do everything, current), `developer`, `viewer`, `approver`, `nobody`. */
  readonly kubeconfig: string
  /** `https://127.0.0.1:<port>` */
  readonly server: string
  /** The uid of the namespace kube-system, by which a cluster is known. */
  readonly uid: string
  readonly caFile: string
  /** The cluster's own temporary folder: a `<program>.log` each, and everything else; gone after `stop`. */
  readonly folder: string
  /** The API server as `local` sees it. */
  readonly api: Api
  readonly #parts: Parts
  #stopping: Promise<void> | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.folder = parts.folder
    this.kubeconfig = join(parts.folder, 'kubeconfig')
    this.caFile = join(parts.folder, 'ca.crt')
    this.server = parts.controlPlane.server
    this.uid = parts.uid
    this.api = parts.api
  }

  /** Every request that a pod answered, oldest first. */
  get requests(): readonly AnsweredRequest[] {
    return this.#parts.pods.requests
  }

  /** The ids of the cluster's processes, by program. */
  get processes(): ReadonlyMap<string, number> {
    return this.#parts.controlPlane.processes()
  }

  /** The API server as another identity sees it; the caller closes it. */
  as(name: IdentityName): Api {
    const token = this.#parts.identities.find(identity => identity.name === name)?.token ?? ''
    return new Api(this.server, this.#parts.ca, token)
  }

  /** Runs kubectl of the cluster's version, as `local` unless `--context` says otherwise. */
  async kubectl(parameters: readonly string[], options: Pick<RunOptions, 'input' | 'signal'> = {}): Promise<Extract<Result, {state: 'ended'}>> {
    const program = programIn(this.#parts.programs, 'control-plane')
    const result = await run(program, ['kubectl', `--kubeconfig=${this.kubeconfig}`, ...parameters], options)
    if (result.state === 'missing') throw new Error(`${program} is gone.`)
    return result
  }

  /** A port of 127.0.0.1 that leads to a port of a pod, by kubectl; closed by its `close` or with this process. */
  async forward(namespace: string, pod: string, port: number, signal?: AbortSignal): Promise<Forward> {
    return await Forward.open(programIn(this.#parts.programs, 'control-plane'), this.kubeconfig, {namespace, pod, port}, signal)
  }

  /** Ends the API server as a crash would and waits until it is gone. */
  async stopApiServer(): Promise<void> {
    await this.#parts.controlPlane.killOne('kube-apiserver')
  }

  /** Starts the API server again, on the same port and data, and waits until it is ready. */
  async startApiServer(signal?: AbortSignal): Promise<void> {
    await this.#parts.controlPlane.startApiServer(this.api, signal)
  }

  /** The log of one of its programs, such as `kube-apiserver`. */
  log(program: string): string {
    return readFileSync(join(this.folder, `${program}.log`), 'utf8')
  }

  /** Ends every program and removes the folder. Safe to call twice. */
  stop(): Promise<void> {
    this.#stopping ??= this.#parts.stop()
    return this.#stopping
  }
}
