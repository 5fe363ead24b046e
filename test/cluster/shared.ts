import {randomBytes} from 'node:crypto'
import {after} from 'node:test'
import {ClusterAccess} from './access.ts'
import {buildControlPlane} from './build.ts'
import {LocalCluster} from './cluster.ts'
import {MissingPrerequisite} from './prerequisites.ts'
import {type StartOptions, startCluster} from './start.ts'

/** The path of the kubeconfig of a cluster that an outer runner started for all test files. */
export const sharedKubeconfig = 'PROGRESSION_TEST_KUBECONFIG'

type Use = Pick<StartOptions, 'answer'> & {
  /** A cluster of this file's own, for tests that stop its API server or decide in code what pods answer. */
  readonly own?: boolean
}

/**
 * The cluster of a test file: one it shares with others where an outer runner started one, else its own, stopped after
 * the last test. Give `needed` to every test:
 *
 *     const cluster = await useCluster()
 *     test('promotes', cluster.needed, async () => { … cluster.running.kubeconfig … })
 *
 * Without Go the tests are skipped and say what to install; with CI=true they fail.
 */
export async function useCluster(options: Use = {}): Promise<TestCluster> {
  try {
    const cluster = await open(options)
    const tests = new TestCluster(cluster)
    after(() => tests.end())
    return tests
  } catch (error) {
    if (error instanceof MissingPrerequisite && process.env.CI !== 'true') return new TestCluster(undefined, error.message)
    throw error
  }
}

async function open({own, answer}: Use): Promise<ClusterAccess> {
  const kubeconfig = process.env[sharedKubeconfig]
  if (kubeconfig === undefined || own || answer !== undefined) return await startCluster({answer})
  return await ClusterAccess.open(kubeconfig, (await buildControlPlane()).folder)
}

export class TestCluster {
  /** Options of every test that uses the cluster. */
  readonly needed: {readonly skip?: string}
  readonly #cluster: ClusterAccess | undefined
  readonly #prefix = `t${randomBytes(3).toString('hex')}`
  readonly #namespaces: string[] = []
  #ending: Promise<void> | undefined

  constructor(cluster: ClusterAccess | undefined, skip?: string) {
    this.#cluster = cluster
    this.needed = skip === undefined ? {} : {skip}
  }

  /** The cluster, shared or not. */
  get running(): ClusterAccess {
    if (this.#cluster === undefined) throw new Error('There is no cluster: give `needed` to this test.')
    return this.#cluster
  }

  /** The cluster of `useCluster({own: true})`. */
  get own(): LocalCluster {
    if (!(this.#cluster instanceof LocalCluster)) throw new Error('This test needs a cluster of its own: useCluster({own: true}).')
    return this.#cluster
  }

  /** A new namespace that no other test file has; deleted after the last test. */
  async namespace(name: string, labels: Readonly<Record<string, string>> = {}): Promise<string> {
    const unique = this.name(name)
    await this.running.api.create('/api/v1/namespaces', {metadata: {name: unique, labels}})
    this.#namespaces.push(unique)
    return unique
  }

  /** A name that no other test file has, for what is not in a namespace, or for a namespace that a test makes itself. */
  name(name: string): string {
    return `${this.#prefix}-${name}`
  }

  /** Ends what this file has started. Safe to call twice. */
  end(): Promise<void> {
    this.#ending ??= this.#end()
    return this.#ending
  }

  async #end(): Promise<void> {
    if (this.#cluster instanceof LocalCluster) return await this.#cluster.stop()
    await Promise.all(this.#namespaces.map(name => this.running.api.delete(`/api/v1/namespaces/${name}`)))
    this.#cluster?.api.close()
  }
}
