import {rmSync} from 'node:fs'
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {clusterUid} from './access.ts'
import type {Answering} from './answers.ts'
import {Api} from './api.ts'
import {atExit} from './at-exit.ts'
import {buildControlPlane, programIn} from './build.ts'
import {LocalCluster} from './cluster.ts'
import type {Progress} from './compile-progress.ts'
import {ControlPlane} from './control-plane.ts'
import {grantRights, type Identity, kubeconfig, makeIdentities, tokenFile} from './identities.ts'
import {isAlive} from './lock.ts'
import {Pods} from './pods.ts'
import {ProgramFailed} from './program.ts'
import {run} from './run.ts'
import {createNodes, installKinds, kindsAreServed, nodesAreReady} from './simulation.ts'

const prefix = 'environment-progression-cluster-'

export type StartOptions = {
  /** Told about the compile, where one is needed, and then about the start. */
  readonly progress?: Progress
  /** Ends the start; a cluster that has started is ended by `stop`. */
  readonly signal?: AbortSignal
  /** What pods answer over port-forwards; `defaultAnswer` where it is absent or says undefined. */
  readonly answer?: Answering
}

/**
 * Starts a real Kubernetes on free ports of 127.0.0.1, without containers: etcd, API server, controllers, scheduler, and
 * kwok in place of kubelets. Its programs end with this process, however that ends.
 * @throws MissingPrerequisite when it has to be compiled and there is no Go; ProgramFailed when a program does not start
 */
export async function startCluster(options: StartOptions = {}): Promise<LocalCluster> {
  const {folder: programs} = await buildControlPlane(options)
  await removeLeftovers()
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(programs, options)
    } catch (error) {
      // Another cluster took a port between our look and our use.
      if (attempt === 3 || !(error instanceof ProgramFailed && error.message.includes('address already in use'))) throw error
    }
  }
}

async function start(programs: string, {progress, signal, answer}: StartOptions): Promise<LocalCluster> {
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  const say = (done: number, what: string) => progress?.(done, 6, what)
  const stopped = new AbortController()
  let controlPlane: ControlPlane | undefined
  // The programs end by themselves then; the folder does not.
  const forget = atExit(() => {
    controlPlane?.killNow()
    rmSync(folder, {recursive: true, force: true, maxRetries: 5})
  })
  const dispose = async () => {
    stopped.abort()
    await controlPlane?.kill()
    await rm(folder, {recursive: true, force: true, maxRetries: 5})
    forget()
  }
  try {
    say(0, 'Making certificates')
    const identities = makeIdentities()
    const ca = await writeSecrets(programs, folder, identities)
    controlPlane = await ControlPlane.create(programs, folder)
    const {server} = controlPlane
    const path = join(folder, 'kubeconfig')
    await writeFile(path, kubeconfig(server, ca, identities), {mode: 0o600})
    const api = new Api(server, ca, identities[0]?.token ?? '')

    say(1, 'Starting etcd and the API server')
    controlPlane.startEtcd()
    const apiServer = await controlPlane.startApiServer(api, signal)
    say(2, 'Starting controllers and scheduler')
    const controllers = controlPlane.startControllers()
    controlPlane.startScheduler()
    await Promise.all([installKinds(api, signal), createNodes(api, signal), grantRights(api, signal)])
    say(3, 'Starting nodes')
    await controlPlane.until(apiServer, 'serving new kinds', () => kindsAreServed(api, signal), signal)
    const kwok = await controlPlane.startKwok()
    const pods = new Pods(api, folder, answer ?? (() => undefined))
    const following = pods.follow(stopped.signal)
    say(4, 'Waiting for nodes')
    await controlPlane.until(kwok, 'making nodes ready', () => nodesAreReady(api, signal), signal)
    say(5, 'Waiting for controllers')
    await controlPlane.until(controllers, 'filling namespaces', () => controllersWork(api, signal), signal)
    const uid = await clusterUid(api, signal)
    say(6, 'The cluster is ready')
    const stop = async () => {
      await dispose()
      await following
      api.close()
    }
    return new LocalCluster({kubeconfig: path, programs, uid, controlPlane, pods, stop})
  } catch (error) {
    await dispose()
    // Whatever an abort broke, the reason is the caller's.
    signal?.throwIfAborted()
    throw error
  }
}

/** @returns the certificate authority, as PEM */
async function writeSecrets(programs: string, folder: string, identities: readonly Identity[]): Promise<string> {
  await writeFile(join(folder, 'tokens.csv'), tokenFile(identities), {mode: 0o600})
  const result = await run(programIn(programs, 'certificates'), [folder])
  if (result.state === 'missing' || result.code !== 0)
    throw new Error(`The certificates of the cluster could not be made: ${result.state === 'missing' ? 'no program' : result.errors}`)
  return await readFile(join(folder, 'ca.crt'), 'utf8')
}

/** The controller manager has begun its work when namespaces have what it puts into each. */
async function controllersWork(api: Api, signal?: AbortSignal): Promise<boolean> {
  return await Promise.all([
    api.get('/api/v1/namespaces/default/configmaps/kube-root-ca.crt', {signal}),
    api.get('/api/v1/namespaces/default/serviceaccounts/default', {signal}),
  ]).then(
    () => true,
    () => false,
  )
}

/** Folders of clusters whose starter was killed. */
async function removeLeftovers(): Promise<void> {
  for (const entry of await readdir(tmpdir())) {
    const pid = entry.startsWith(prefix) ? Number.parseInt(entry.slice(prefix.length), 10) : Number.NaN
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(tmpdir(), entry), {recursive: true, force: true})
  }
}
