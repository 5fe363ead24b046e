import {readFile, writeFile} from 'node:fs/promises'

type Named<T> = readonly ({readonly name: string} & T)[]
type Kubeconfig = {
  readonly clusters: Named<{readonly cluster: object}>
  readonly users: Named<{readonly user: object}>
  readonly contexts: Named<{readonly context: {readonly cluster: string; readonly user: string}}>
}

/**
 * Writes a kubeconfig with the contexts that the example names, both of them the one local cluster.
 * @param source kubeconfig of the cluster as JSON; its context `local` may do everything
 */
export async function writeKubeconfig(source: string, target: string, names: readonly string[]): Promise<void> {
  const kubeconfig = JSON.parse(await readFile(source, 'utf8')) as Kubeconfig
  const local = kubeconfig.contexts.find(({name}) => name === 'local')
  if (local === undefined) throw new Error(`${source} has no context named local.`)
  const contexts = names.map(name => ({name, context: local.context}))
  // No current context: whatever touches a cluster has to say which.
  await writeFile(target, JSON.stringify({...kubeconfig, contexts, 'current-context': ''}, undefined, 2), {mode: 0o600})
}
