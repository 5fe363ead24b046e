import {readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {ClusterAccess} from './access.ts'
import type {ControlPlane} from './control-plane.ts'
import type {AnsweredRequest} from './pod-server.ts'
import type {Pods} from './pods.ts'

type Parts = {
  readonly kubeconfig: string
  readonly programs: string
  readonly uid: string
  readonly controlPlane: ControlPlane
  readonly pods: Pods
  readonly stop: () => Promise<void>
}

/** A running cluster, owned by this process. Made by `startCluster`. */
export class LocalCluster extends ClusterAccess {
  /** The cluster's own temporary folder: a `<program>.log` each, and everything else; gone after `stop`. */
  readonly folder: string
  readonly #parts: Parts
  #stopping: Promise<void> | undefined

  constructor(parts: Parts) {
    super(parts.kubeconfig, parts.programs, parts.uid)
    this.#parts = parts
    this.folder = dirname(parts.kubeconfig)
  }

  /** Every request that a pod answered, oldest first. */
  get requests(): readonly AnsweredRequest[] {
    return this.#parts.pods.requests
  }

  /** The ids of the cluster's processes, by program. */
  get processes(): ReadonlyMap<string, number> {
    return this.#parts.controlPlane.processes()
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
    this.api.close()
    this.#stopping ??= this.#parts.stop()
    return this.#stopping
  }
}
