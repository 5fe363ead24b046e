import {type Mapping, type Node, pairOf} from '../../document/node.ts'
import {folderOf, resolveUri} from '../../document/uri.ts'
import {type Fact, knownValue} from '../../model/fact.ts'
import type {Uri} from '../../model/files.ts'
import {environmentNamed, isProduction, type Progression, type Target} from '../../model/progression.ts'
import type {HttpCheck, ResolvedTarget, SmokeTest} from '../../model/promotion.ts'
import {duration, entries, field, text} from './field.ts'
import type {Reading} from './read.ts'
import {fill, type Scope} from './variables.ts'

export type ResolveOptions = {
  /** Cluster name in the file → context in this machine's kubeconfig. */
  readonly contexts: Readonly<Record<string, string>>
  readonly environmentVariables: Readonly<Record<string, string | undefined>>
}

export type Resolved = {
  /** A smoke test by Job still lacks its object: `job` names the file. */
  readonly targets: readonly {readonly target: ResolvedTarget; readonly job?: {readonly uri: Uri; readonly timeout: number}}[]
  /** What keeps this environment from being promoted, each with the way out. */
  readonly refusals: readonly string[]
}

const usualSmokeTimeout = 60_000
const usualRolloutTimeout = 600_000

/** What the engine cannot do yet, by the key an author writes. */
const notYet = ['scan', 'approval', 'migrate', 'load', 'gates', 'soak', 'watch', 'freeze', 'waves'] as const

/** One environment with every default merged and every variable filled, as the engine wants it. */
export function resolveEnvironment(reading: Reading, name: string, options: ResolveOptions): Resolved {
  const {progression, environments, top} = reading
  const environment = environmentNamed(progression, name)
  const merged = environments.find(one => one.name === name)?.merged
  if (!environment || !merged) {
    const names = progression.environments.items.map(one => one.name).join(', ')
    return {targets: [], refusals: [`There is no environment ${name} in ${progression.name}. There are: ${names || 'none'}.`]}
  }
  const refusals: string[] = []
  const unsupported = unsupportedKeys(merged, top)
  const targets = environment.targets.items.flatMap(target => {
    const cluster = placeOf(target, progression, name, options, refusals)
    if (!cluster) return []
    const namespace = needed(target.namespace, `${name} has no namespace. Write namespace: under it.`, refusals)
    if (!namespace) return []
    const scope: Scope = {environment: name, target: target.name, namespace, cluster: cluster.name}
    const fillText = (written: string): string => {
      const filled = fill(written, scope, options.environmentVariables)
      for (const missing of filled.missing)
        refusals.push(`${name}: \${${missing}} has no value${missing.startsWith('env.') ? ` in this process's environment variables` : ' here'}.`)
      return filled.text
    }
    const smoke = smokeOf(merged, fillText)
    const state = pairOf(pairOf(merged, 'state')?.value ?? pairOf(top, 'state')?.value, 'namespace')?.value
    const rollback = knownValue(environment.rollback)
    const resolved: ResolvedTarget = {
      progression: progression.name,
      environment: name,
      target: target.name,
      wave: knownValue(target.wave) ?? 1,
      production: isProduction(environment),
      cluster,
      namespace,
      stateNamespace: fillText((state && text(state)) ?? namespace),
      smoke: smoke.tests,
      rollback: rollback && {within: knownValue(rollback.within), on: rollback.on},
      rolloutTimeout: usualRolloutTimeout,
      unsupported: [...unsupported, ...smoke.unsupported],
    }
    return [{target: resolved, job: smoke.job}]
  })
  return {targets, refusals: [...new Set(refusals)]}
}

function needed<T>(fact: Fact<T>, message: string, refusals: string[]): T | undefined {
  const value = knownValue(fact)
  if (value === undefined) refusals.push(fact.state === 'unknown' ? `${message.split('.')[0]}: ${fact.why}.` : message)
  return value
}

function placeOf(
  target: Target,
  progression: Progression,
  environment: string,
  {contexts}: ResolveOptions,
  refusals: string[],
): ResolvedTarget['cluster'] | undefined {
  const name = needed(target.cluster, `${environment} names no cluster. Write cluster: under it and list it under clusters.`, refusals)
  if (!name) return undefined
  const cluster = progression.clusters.items.find(one => one.name === name)
  if (!cluster) {
    refusals.push(`${environment} is in the cluster ${name}, which clusters does not list.`)
    return undefined
  }
  const context = contexts[name] ?? knownValue(cluster.context) ?? name
  return {name, context, uid: knownValue(cluster.uid)}
}

function unsupportedKeys(merged: Mapping, top: Mapping): string[] {
  const found: string[] = notYet.filter(key => isSet(pairOf(merged, key)?.value))
  const engine = pairOf(merged, 'engine')?.value ?? pairOf(top, 'engine')?.value
  const engineName = engine && text(engine)
  if (engineName && engineName !== 'direct') found.push(`engine: ${engineName}`)
  const runner = pairOf(merged, 'runner')?.value ?? pairOf(top, 'runner')?.value
  if (runner && (runner.kind === 'mapping' || text(runner) === 'job')) found.push('runner: job')
  if (isSet(pairOf(top, 'notify')?.value)) found.push('notify')
  return found
}

/** Written, and not as nothing: null, an empty list, a soak of no time. */
const isSet = (node: Node | undefined): boolean => {
  if (!node || (node.kind === 'scalar' && node.value === null)) return false
  if (node.kind === 'sequence') return node.items.length > 0
  return !(node.kind === 'scalar' && duration(node) === 0)
}

type Smoke = {readonly tests: readonly SmokeTest[]; readonly job?: {readonly uri: Uri; readonly timeout: number}; readonly unsupported: readonly string[]}

function smokeOf(merged: Mapping, fillText: (written: string) => string): Smoke {
  const node = pairOf(merged, 'smoke')?.value
  if (node?.kind !== 'mapping') return {tests: [], unsupported: []}
  const timeout = knownValue(field(node, 'timeout', node.at, duration)) ?? usualSmokeTimeout
  const word = (key: string): string | undefined => {
    const value = pairOf(node, key)?.value
    const written = value && text(value)
    return written === undefined ? undefined : fillText(written)
  }
  const checks = entries(pairOf(node, 'http')?.value, (item): HttpCheck | undefined => {
    const path = pairOf(item, 'get')?.value
    const json = pairOf(item, 'json')?.value
    const written = path && text(path)
    return written === undefined ? undefined : {path: fillText(written), method: 'GET', json: json && text(json)}
  }).items
  const tests: SmokeTest[] = []
  const [service, port = ''] = word('service')?.split(':') ?? []
  const url = word('url')
  if (checks.length > 0 && service) tests.push({kind: 'http', service, port, checks, timeout})
  else if (checks.length > 0 && url) tests.push({kind: 'url', url, checks, timeout})
  const job = pairOf(node, 'job')?.value
  const path = job && text(job)
  return {
    tests,
    job: job && path ? {uri: resolveUri(folderOf(job.at.document), fillText(path)), timeout} : undefined,
    unsupported: isSet(pairOf(node, 'run')?.value) ? ['smoke.run'] : [],
  }
}
