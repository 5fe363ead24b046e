import type {ManifestSource, RenderRequest} from '../model/manifests.ts'
import {collectChart} from './collect-chart.ts'
import {collectOverlay} from './collect-overlay.ts'
import type {Collection} from './collection.ts'
import type {EngineRequest} from './frame.ts'

/** What to ask the engine, once everything was read, or why it need not be asked. */
export type Plan =
  | {readonly state: 'ready'; readonly request: EngineRequest}
  | {readonly state: 'failed'; readonly message: string; readonly path: string; readonly line?: number}
  | {readonly state: 'unknown'; readonly why: string}

const manifestName = /\.(ya?ml|json)$/

/** Reads what a source needs into the collection. */
export async function planRendering(source: ManifestSource, {kubernetesVersion}: RenderRequest, collection: Collection): Promise<Plan> {
  const place = source.kind === 'helm' ? source.chart : source.folder
  const folder = collection.pathOf(place)
  if (folder === undefined) return {state: 'unknown', why: `${place} lies outside of the folder that may be read.`}
  const entries = await collection.list(folder)
  if (entries === undefined) return {state: 'failed', message: `${named(folder)} does not exist.`, path: folder}
  if (source.kind === 'directory') {
    await Promise.all(
      entries.filter(({kind, name}) => kind === 'file' && manifestName.test(name)).map(({name}) => collection.read(folder === '' ? name : `${folder}/${name}`)),
    )
    return {state: 'ready', request: {kind: 'directory', folder}}
  }
  if (source.kind === 'kustomize') {
    const obstacle = await collectOverlay(folder, collection)
    if (obstacle !== undefined) return {state: 'unknown', why: obstacle.why}
    return {state: 'ready', request: {kind: 'kustomize', folder, folders: collection.folders}}
  }
  const values: string[] = []
  for (const uri of source.values) {
    const path = collection.pathOf(uri)
    if (path === undefined) return {state: 'unknown', why: `${uri} lies outside of the folder that may be read.`}
    if ((await collection.read(path)) === undefined) return {state: 'failed', message: `${path} does not exist.`, path}
    values.push(path)
  }
  const chart = await collectChart(folder, collection)
  if ('message' in chart) return {state: 'failed', ...chart}
  const moved = chart.moved.size > 0 ? {moved: Object.fromEntries(chart.moved)} : {}
  return {state: 'ready', request: {kind: 'helm', folder, values, release: source.release, namespace: source.namespace, kubernetesVersion, ...moved}}
}

export const named = (folder: string): string => (folder === '' ? 'The root of the workspace' : folder)
