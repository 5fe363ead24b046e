import {existsSync, readFileSync} from 'node:fs'
import {homedir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {KubeConfig} from '@kubernetes/client-node'
import {failed, type Result, succeeded} from './errors.ts'

/** The one name that stands for the service account a pod runs as, where there is no kubeconfig. */
export const inCluster = 'in-cluster'

export type KubeconfigSource = {
  /** Paths in the manner of `KUBECONFIG`, joined by the platform's delimiter; absent: that variable, else `~/.kube/config`. */
  readonly path?: string
  /** Where variables are read from; this process's own where nothing is said. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/**
 * Reads the kubeconfig files anew and points at one context, by name. The context that happens to be current is never used, and nothing is
 * ever written. Errors name the files and the contexts there are.
 */
export function loadContext(source: KubeconfigSource, context: string): Result<KubeConfig> {
  const {path, environment = process.env} = source
  if (context === inCluster) return loadInCluster()
  const paths = (path ?? environment.KUBECONFIG ?? '').split(delimiter).filter(path => path !== '')
  const files = paths.length > 0 ? paths : [join(environment.HOME ?? homedir(), '.kube', 'config')]
  const found = files.filter(file => existsSync(file))
  if (found.length === 0) {
    return failed(
      'configuration',
      `Cannot use context ${context}: there is no kubeconfig at ${files.join(' or ')}. Set KUBECONFIG or the setting progression.kubeconfig.`,
    )
  }
  const merged = new KubeConfig()
  for (const file of found) {
    const problem = merge(merged, file)
    if (problem !== undefined) return failed('configuration', `Cannot read the kubeconfig ${file}: ${problem}`)
  }
  const chosen = merged.getContextObject(context)
  if (chosen === null) return failed('configuration', `${found.join(', ')}: ${missing(context, merged)}`)
  const cluster = merged.getCluster(chosen.cluster)
  if (cluster === null) return failed('configuration', `Context ${context} names the cluster ${chosen.cluster}, which ${found.join(', ')} does not define.`)
  if (merged.getUser(chosen.user) === null) {
    return failed('configuration', `Context ${context} names the user ${chosen.user}, which ${found.join(', ')} does not define.`)
  }
  merged.setCurrentContext(context)
  return succeeded(merged)
}

function missing(context: string, config: KubeConfig): string {
  const names = config.getContexts().map(known => known.name)
  const known = names.length === 0 ? 'It has none.' : `It has ${names.join(', ')}.`
  return `there is no context ${context}. ${known} Map it with --context ${context}=NAME or the setting progression.contexts.`
}

/** Adds one file to the rest. The first one to define a name wins, as with kubectl; client-node's own merge throws instead. */
function merge(merged: KubeConfig, file: string): string | undefined {
  const one = new KubeConfig()
  try {
    // Entries that are broken are dropped rather than fatal: one bad user must not hide the other clusters.
    one.loadFromString(readFileSync(file, 'utf8'), {onInvalidEntry: 'filter'})
    one.makePathsAbsolute(dirname(file))
  } catch (error) {
    // A parser's message may quote the line it stopped at, and that line may hold a token.
    return error instanceof Error && 'code' in error ? String(error.code) : 'it is not valid YAML of kind Config.'
  }
  merged.clusters = [...merged.clusters, ...(one.clusters ?? []).filter(({name}) => merged.getCluster(name) === null)]
  merged.users = [...merged.users, ...(one.users ?? []).filter(({name}) => merged.getUser(name) === null)]
  merged.contexts = [...merged.contexts, ...(one.contexts ?? []).filter(({name}) => merged.getContextObject(name) === null)]
  return undefined
}

function loadInCluster(): Result<KubeConfig> {
  if (process.env.KUBERNETES_SERVICE_HOST === undefined) {
    return failed('configuration', 'Cannot use context in-cluster: this process does not run in a Kubernetes pod (KUBERNETES_SERVICE_HOST is not set).')
  }
  const config = new KubeConfig()
  config.loadFromCluster()
  return succeeded(config)
}
