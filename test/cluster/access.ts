import {readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {Api} from './api.ts'
import {programIn} from './build.ts'
import {Forward} from './forward.ts'
import type {IdentityName} from './identities.ts'
import {type Result, type RunOptions, run} from './run.ts'

type Kubeconfig = {clusters: {cluster: {server: string}}[]; users: {name: string; user: {token: string}}[]}

/** A way to a running local cluster, whoever started it. */
export class ClusterAccess {
  /** The path of a kubeconfig with the contexts `local` (may do everything, current), `developer`, `viewer`, `approver`, `nobody`. */
  readonly kubeconfig: string
  /** `https://127.0.0.1:<port>` */
  readonly server: string
  /** The uid of the namespace kube-system, by which a cluster is known. */
  readonly uid: string
  /** The path of the certificate authority, PEM. */
  readonly caFile: string
  /** The API server as `local` sees it. */
  readonly api: Api
  readonly #programs: string

  /**
   * @param kubeconfig the path of a kubeconfig that `startCluster` wrote
   * @param programs the folder of `buildControlPlane`
   */
  protected constructor(kubeconfig: string, programs: string, uid: string) {
    this.kubeconfig = kubeconfig
    this.caFile = join(dirname(kubeconfig), 'ca.crt')
    this.server = this.#read().clusters[0]?.cluster.server ?? ''
    this.uid = uid
    this.api = this.as('local')
    this.#programs = programs
  }

  /** Reaches a cluster that another process started. */
  static async open(kubeconfig: string, programs: string): Promise<ClusterAccess> {
    const found = new ClusterAccess(kubeconfig, programs, '')
    try {
      return new ClusterAccess(kubeconfig, programs, await clusterUid(found.api))
    } finally {
      found.api.close()
    }
  }

  /** The API server as an identity sees it; the caller closes it. */
  as(name: IdentityName): Api {
    const token = this.#read().users.find(user => user.name === name)?.user.token ?? ''
    return new Api(this.server, readFileSync(this.caFile, 'utf8'), token)
  }

  /** Runs kubectl of the cluster's version, as `local` unless `--context` says otherwise. */
  async kubectl(parameters: readonly string[], options: Pick<RunOptions, 'input' | 'signal'> = {}): Promise<Extract<Result, {state: 'ended'}>> {
    const program = programIn(this.#programs, 'control-plane')
    const result = await run(program, ['kubectl', `--kubeconfig=${this.kubeconfig}`, ...parameters], options)
    if (result.state === 'missing') throw new Error(`${program} is gone.`)
    return result
  }

  /** A port of 127.0.0.1 that leads to a port of a pod, by kubectl; closed by its `close` or with this process. */
  async forward(namespace: string, pod: string, port: number, signal?: AbortSignal): Promise<Forward> {
    return await Forward.open(programIn(this.#programs, 'control-plane'), this.kubeconfig, {namespace, pod, port}, signal)
  }

  #read(): Kubeconfig {
    return JSON.parse(readFileSync(this.kubeconfig, 'utf8')) as Kubeconfig
  }
}

/** What a cluster is known by: the uid of its namespace kube-system. */
export async function clusterUid(api: Api, signal?: AbortSignal): Promise<string> {
  return (await api.get<{metadata: {uid: string}}>('/api/v1/namespaces/kube-system', {signal})).metadata.uid
}
