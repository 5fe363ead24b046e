import {after} from 'node:test'
import {buildRenderEngine} from '../../scripts/build-engine.ts'
import type {Uri} from '../../server/model/files.ts'
import type {Manifest, ManifestSource, Rendering} from '../../server/model/manifests.ts'
import {WasmRenderer, type WasmRendererOptions} from '../../server/render/renderer.ts'
import type {MemoryFiles} from '../memory-files.ts'

export const engine = await buildRenderEngine()
export const worker = new URL('../../server/render/worker.ts', import.meta.url)

/** A renderer that ends with the tests of its file. */
export function openRenderer(options: Partial<WasmRendererOptions> = {}): WasmRenderer {
  const renderer = new WasmRenderer({engine, worker, ...options})
  after(() => renderer.close())
  return renderer
}

export const unaborted = new AbortController().signal

/** A source as an author names it, with paths below the root. */
export type Named =
  | {readonly directory: string}
  | {readonly kustomize: string}
  | {readonly helm: string; readonly values?: readonly string[]; readonly release?: string; readonly namespace?: string}

export function sourceOf(named: Named, files: MemoryFiles): ManifestSource {
  if ('directory' in named) return {kind: 'directory', folder: files.uri(named.directory)}
  if ('kustomize' in named) return {kind: 'kustomize', folder: files.uri(named.kustomize)}
  const {helm, values = [], release = 'shop', namespace} = named
  return {kind: 'helm', chart: files.uri(helm), values: values.map(path => files.uri(path)), release, namespace}
}

export function renderWith(renderer: WasmRenderer, files: MemoryFiles, named: Named, kubernetesVersion?: string): Promise<Rendering> {
  return renderer.render({sources: [sourceOf(named, files)], root: files.root, files, kubernetesVersion}, unaborted)
}

/** A rendering in one line an object: `Deployment cart < base/cart.yaml`; or the words it failed with. */
export function summary(rendering: Rendering, root: Uri = 'file:///workspace'): readonly string[] | string {
  if (rendering.state === 'unknown') return `unknown: ${rendering.why}`
  const below = (uri: Uri) => uri.slice(root.length + 1)
  if (rendering.state === 'rendered') return rendering.manifests.map(({object, origin}) => `${object.kind} ${object.metadata.name} < ${below(origin ?? '')}`)
  const {uri, line} = rendering.at ?? {uri: root}
  return `failed at ${below(uri)}${line === undefined ? '' : `:${line}`}: ${rendering.message}`
}

export function manifestsOf(rendering: Rendering): readonly Manifest[] {
  if (rendering.state !== 'rendered') throw new Error(String(summary(rendering)))
  return rendering.manifests
}

export const deployment = (name: string, more = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  replicas: 1\n  selector: {matchLabels: {app: ${name}}}\n  template:\n    metadata: {labels: {app: ${name}}}\n    spec:\n      containers:\n        - {name: main, image: '${name}:1'}\n${more}`

type Workload = {readonly replicas: number; readonly template: {readonly spec: {readonly containers: readonly {readonly image: string}[]}}}

const specOf = (manifest: Manifest | undefined): Workload => {
  if (manifest === undefined) throw new Error('There is no such object.')
  return manifest.object.spec as Workload
}

export const replicasOf = (manifest: Manifest | undefined): number => specOf(manifest).replicas

export const containersOf = (manifest: Manifest | undefined): Workload['template']['spec']['containers'] => specOf(manifest).template.spec.containers
