import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import type {Api} from './api.ts'

const folder = join(import.meta.dirname, 'stages')

/** The files that tell kwok how nodes and pods live. */
export async function stageFiles(): Promise<readonly string[]> {
  return (await readdir(folder))
    .filter(file => file.endsWith('.yaml'))
    .sort()
    .map(file => join(folder, file))
}

/** The kinds of kwok that say where a pod's port-forwards and logs lead; kwok knows their fields, the API server need not. */
export const simulationKinds = ['PortForward', 'Logs'] as const

/** Installs the kinds and waits until they are served: kwok asks for them once, when it starts. */
export async function installKinds(api: Api, signal?: AbortSignal): Promise<void> {
  await Promise.all(
    simulationKinds.map(async kind => {
      const plural = kind.toLowerCase().replace(/s?$/, 's')
      const schema = {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}}
      const spec = {
        group: 'kwok.x-k8s.io',
        scope: 'Namespaced',
        names: {kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List`},
        versions: [{name: 'v1alpha1', served: true, storage: true, schema, subresources: {status: {}}}],
      }
      await api.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {metadata: {name: `${plural}.kwok.x-k8s.io`}, spec}, {signal})
    }),
  )
}

/** Whether the kinds are served by now. */
export async function kindsAreServed(api: Api, signal?: AbortSignal): Promise<boolean> {
  const lists = simulationKinds.map(kind => api.get(`/apis/kwok.x-k8s.io/v1alpha1/${kind.toLowerCase().replace(/s?$/, 's')}`, {signal}))
  return await Promise.all(lists).then(
    () => true,
    () => false,
  )
}

/** Three nodes in three zones; kwok makes them ready. */
export async function createNodes(api: Api, signal?: AbortSignal): Promise<void> {
  await Promise.all(
    [1, 2, 3].map(async number => {
      const name = `node-${number}`
      const labels = {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/zone': `zone-${number}`,
      }
      await api.create('/api/v1/nodes', {metadata: {name, labels}, spec: {podCIDR: `10.244.${number}.0/24`, podCIDRs: [`10.244.${number}.0/24`]}}, {signal})
    }),
  )
}

type Node = {spec: {taints?: unknown[]}; status?: {conditions?: {type: string; status: string}[]}}

/** Whether pods can be scheduled: every node is ready and bears no taint. */
export async function nodesAreReady(api: Api, signal?: AbortSignal): Promise<boolean> {
  const {items} = await api.get<{items: Node[]}>('/api/v1/nodes', {signal})
  return (
    items.length > 0 &&
    items.every(({spec, status}) => !spec.taints?.length && status?.conditions?.some(({type, status}) => type === 'Ready' && status === 'True'))
  )
}
