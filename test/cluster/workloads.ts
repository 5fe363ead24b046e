import assert from 'node:assert/strict'
import type {ClusterAccess} from './access.ts'
import type {Pod} from './answers.ts'

export type Workload = {
  readonly namespace: string
  readonly name: string
  readonly image?: string
  readonly replicas?: number
  /** Of the pods, where the simulation reads them. */
  readonly annotations?: Readonly<Record<string, string>>
  /** Further fields of the container. */
  readonly container?: object
}

/** Pods of one container that listens on 8080. */
function template({name, image = 'example/web:1.0.0', annotations = {}, container = {}}: Workload, spec: object = {}): object {
  const containers = [{name: 'main', image, ports: [{containerPort: 8080}], ...container}]
  return {metadata: {labels: {app: name}, annotations}, spec: {terminationGracePeriodSeconds: 30, containers, ...spec}}
}

export function deployment(workload: Workload): object {
  const {namespace, name, replicas = 1} = workload
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {namespace, name},
    spec: {replicas, selector: {matchLabels: {app: name}}, template: template(workload)},
  }
}

export function job(workload: Workload): object {
  const {namespace, name} = workload
  return {apiVersion: 'batch/v1', kind: 'Job', metadata: {namespace, name}, spec: {backoffLimit: 0, template: template(workload, {restartPolicy: 'Never'})}}
}

/** Applies objects with kubectl and fails with its words. */
export async function apply(cluster: ClusterAccess, ...objects: object[]): Promise<void> {
  const input = JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects})
  const {code, errors} = await cluster.kubectl(['apply', '-f', '-'], {input})
  assert.equal(code, 0, errors)
}

/** Waits until `kubectl wait` sees what it is told to; fails with what it says after 30 s. */
export async function waitFor(cluster: ClusterAccess, namespace: string, what: string, ...conditions: string[]): Promise<void> {
  for (const condition of conditions) {
    const {code, errors} = await cluster.kubectl(['wait', '--namespace', namespace, what, `--for=${condition}`, '--timeout=30s'])
    assert.equal(code, 0, `${what} --for=${condition}: ${errors}`)
  }
}

export type PodStatus = Pod & {
  status: {
    phase: string
    podIP?: string
    containerStatuses: {imageID: string; ready: boolean; restartCount: number; state: Record<string, {reason?: string}>}[]
  }
}

/** The pods of a workload, those that end included. */
export async function podsOf(cluster: ClusterAccess, namespace: string, name: string): Promise<readonly PodStatus[]> {
  const {items} = await cluster.api.get<{items: PodStatus[]}>(`/api/v1/namespaces/${namespace}/pods?labelSelector=app%3D${name}`)
  return items
}
