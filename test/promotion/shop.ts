import {createHash} from 'node:crypto'
import {after} from 'node:test'
import {type DirectEngine, openDirectEngine} from '../../server/engines/direct.ts'
import type {KubernetesObject} from '../../server/model/manifests.ts'
import type {Outcome, PromotionEvent, PromotionRequest, ResolvedTarget, SmokeTest} from '../../server/model/promotion.ts'
import {releaseFrom} from '../../server/promotion/release.ts'
import {ApiError} from '../cluster/api.ts'
import type {TestCluster} from '../cluster/shared.ts'

/** A digest as a registry would give one, the same for the same text. */
export const digest = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

export const image = (version: string, name = 'web'): string => `registry.example/shop/${name}@${digest(`${name} ${version}`)}`

type Web = {
  readonly name?: string
  readonly version?: string
  readonly kind?: 'Deployment' | 'StatefulSet'
  readonly replicas?: number
  /** Of the pods, where the simulation reads them. */
  readonly annotations?: Readonly<Record<string, string>>
  readonly spec?: object
  readonly container?: object
}

/** A workload whose pods listen on 8080. */
export function web({name = 'web', version = '1', kind = 'Deployment', replicas = 2, annotations = {}, spec = {}, container = {}}: Web = {}): KubernetesObject {
  const containers = [{name: 'main', image: image(version, name), ports: [{name: 'http', containerPort: 8080}], ...container}]
  const template = {metadata: {labels: {app: name}, annotations}, spec: {terminationGracePeriodSeconds: 1, containers}}
  const own = kind === 'StatefulSet' ? {serviceName: name} : {}
  return {apiVersion: 'apps/v1', kind, metadata: {name}, spec: {replicas, selector: {matchLabels: {app: name}}, template, ...own, ...spec}}
}

export const service = (name = 'web'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {name},
  spec: {selector: {app: name}, ports: [{name: 'http', port: 80, targetPort: 'http'}]},
})

export const configMap = (data: Readonly<Record<string, string>>, name = 'settings'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {name},
  data,
})

export const healthyAt = (name: string): SmokeTest => ({kind: 'http', service: name, port: 'http', checks: [{path: '/healthz', method: 'GET'}], timeout: 3_000})
export const healthy = healthyAt('web')

/** Pods of a release that come up and answer wrongly: what a rollback is for. */
export const answersWrongly = {'sim.progression.dev/answers': JSON.stringify({'/healthz': {status: 500, body: 'no database'}})}

/** A target in one namespace of the local cluster. */
export function target(environment: string, namespace: string, rest: Partial<ResolvedTarget> = {}): ResolvedTarget {
  return {
    progression: 'shop',
    environment,
    target: environment,
    production: false,
    cluster: {name: 'local', context: 'local'},
    namespace,
    stateNamespace: namespace,
    smoke: [],
    rollback: {within: 60_000, on: ['rollout', 'smoke']},
    rolloutTimeout: 60_000,
    unsupported: [],
    ...rest,
  }
}

/** A request for one target; `commit` makes releases of equal images differ. */
export function promotionOf(
  to: ResolvedTarget,
  objects: readonly KubernetesObject[],
  rest: Partial<PromotionRequest> & {commit?: string} = {},
): PromotionRequest {
  const {commit = 'c1', ...others} = rest
  return {targets: [{target: to, objects}], release: releaseFrom(commit, [objects]).release, before: [], ...others}
}

/** Reads a run to its end. */
export async function follow(events: AsyncIterable<PromotionEvent>): Promise<{outcome: Outcome; events: readonly PromotionEvent[]}> {
  const all: PromotionEvent[] = []
  for await (const event of events) all.push(event)
  const last = all.at(-1)
  if (last?.kind !== 'outcome') throw new Error('A run ended without an outcome.')
  return {outcome: last.outcome, events: all}
}

/** The phases a run went through, each once. */
export const phasesIn = (events: readonly PromotionEvent[]): readonly string[] => events.flatMap(event => (event.kind === 'phase' ? [event.phase] : []))

export const never = new AbortController().signal

/** The engine on the cluster of a test file, closed after it. */
export function engineOn(cluster: TestCluster): DirectEngine {
  // Where tests are skipped there is no cluster, and nothing asks the engine anything.
  const engine = openDirectEngine({kubeconfig: {path: cluster.needed.skip === undefined ? cluster.running.kubeconfig : ''}})
  after(() => engine.close())
  return engine
}

/** An object of the cluster as it is now; undefined where there is none. */
export async function live(cluster: TestCluster, path: string): Promise<KubernetesObject | undefined> {
  return cluster.running.api.get<KubernetesObject>(path).catch(error => (error instanceof ApiError && error.status === 404 ? undefined : Promise.reject(error)))
}
