import {join} from 'node:path'
import type {Api} from './api.ts'
import {programIn} from './build.ts'
import {freePorts} from './ports.ts'
import {Program, until} from './program.ts'
import {simulationKinds, stageFiles} from './simulation.ts'

type Ports = {readonly etcd: number; readonly peer: number; readonly api: number; readonly kwok: number}

/** The five programs of one cluster. Certificates, `tokens.csv` and `kubeconfig` lie in its folder before they start. */
export class ControlPlane {
  readonly server: string
  readonly #programs: string
  readonly #folder: string
  readonly #ports: Ports
  readonly #running = new Map<string, Program>()

  private constructor(programs: string, folder: string, ports: Ports) {
    this.#programs = programs
    this.#folder = folder
    this.#ports = ports
    this.server = `https://127.0.0.1:${ports.api}`
  }

  static async create(programs: string, folder: string): Promise<ControlPlane> {
    const [etcd = 0, peer = 0, api = 0, kwok = 0] = await freePorts(4)
    return new ControlPlane(programs, folder, {etcd, peer, api, kwok})
  }

  startEtcd(): Program {
    const client = `http://127.0.0.1:${this.#ports.etcd}`
    const peer = `http://127.0.0.1:${this.#ports.peer}`
    return this.#start('etcd', [
      '--name=local',
      `--data-dir=${this.#in('etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=local=${peer}`,
      // Nobody wants the data once the machine has lost its power.
      '--unsafe-no-fsync',
      '--log-level=warn',
    ])
  }

  /** Starts the API server and waits until it is ready; it has to be stopped before it is started again. */
  async startApiServer(api: Api, signal?: AbortSignal): Promise<Program> {
    const program = this.#start('kube-apiserver', [
      `--etcd-servers=http://127.0.0.1:${this.#ports.etcd}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${this.#ports.api}`,
      `--tls-cert-file=${this.#in('serving.crt')}`,
      `--tls-private-key-file=${this.#in('serving.key')}`,
      `--client-ca-file=${this.#in('ca.crt')}`,
      `--token-auth-file=${this.#in('tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${this.#in('service-accounts.pub')}`,
      `--service-account-signing-key-file=${this.#in('service-accounts.key')}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      // The nodes' names are known to nobody's DNS.
      '--kubelet-preferred-address-types=InternalIP',
      '--endpoint-reconciler-type=none',
      '--allow-privileged=true',
      '--disable-admission-plugins=ServiceAccount',
      '--enable-priority-and-fairness=false',
    ])
    await this.until(program, 'ready', () => api.isReady(), signal)
    return program
  }

  startControllers(): Program {
    return this.#start('kube-controller-manager', [
      `--kubeconfig=${this.#in('kubeconfig')}`,
      `--root-ca-file=${this.#in('ca.crt')}`,
      `--service-account-private-key-file=${this.#in('service-accounts.key')}`,
      '--use-service-account-credentials=false',
      '--leader-elect=false',
      '--secure-port=0',
      '--kube-api-qps=200',
      '--kube-api-burst=400',
      // Nodes must not be lost while a test keeps the API server down.
      '--node-monitor-grace-period=1h',
    ])
  }

  startScheduler(): Program {
    const parameters = [`--kubeconfig=${this.#in('kubeconfig')}`, '--leader-elect=false', '--secure-port=0', '--kube-api-qps=200', '--kube-api-burst=400']
    return this.#start('kube-scheduler', parameters)
  }

  /** The nodes and the kinds in `simulationKinds` must be there before. */
  async startKwok(): Promise<Program> {
    const port = this.#ports.kwok
    return this.#start('kwok', [
      `--kubeconfig=${this.#in('kubeconfig')}`,
      ...(await stageFiles()).map(file => `--config=${file}`),
      '--manage-all-nodes=true',
      `--enable-crds=${simulationKinds.join(',')}`,
      '--node-ip=127.0.0.1',
      `--node-port=${port}`,
      // Else it listens on every address of the machine.
      `--server-address=127.0.0.1:${port}`,
      `--tls-cert-file=${this.#in('serving.crt')}`,
      `--tls-private-key-file=${this.#in('serving.key')}`,
    ])
  }

  /** Waits for what one of its programs brings about, as long as all of them run. */
  async until(program: Program, what: string, ready: () => Promise<boolean>, signal?: AbortSignal): Promise<void> {
    await until(ready, {program, others: this.#running.values(), what, seconds: 60, signal})
  }

  /** The ids of its processes, by program. */
  processes(): ReadonlyMap<string, number> {
    return new Map([...this.#running].map(([name, {pid}]) => [name, pid]))
  }

  /** Ends one program, as a crash would, and waits until it is gone. */
  async killOne(name: string): Promise<void> {
    await this.#running.get(name)?.kill()
    this.#running.delete(name)
  }

  /** Ends them all without waiting, while this process ends. */
  killNow(): void {
    for (const program of this.#running.values()) program.killNow()
  }

  /** Ends them all. The clients first: they would only complain. */
  async kill(): Promise<void> {
    await Promise.all([...this.#running.keys()].map(name => this.killOne(name)))
  }

  #in(file: string): string {
    return join(this.#folder, file)
  }

  #start(name: string, parameters: readonly string[]): Program {
    if (this.#running.get(name)?.end === undefined && this.#running.has(name)) throw new Error(`${name} runs already.`)
    const own = name === 'kwok'
    const file = programIn(this.#programs, own ? 'kwok' : 'control-plane')
    const program = new Program(name, file, own ? parameters : [name, ...parameters], this.#in(`${name}.log`))
    this.#running.set(name, program)
    return program
  }
}
