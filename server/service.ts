import {Analysis} from './analysis.ts'
import type {Document} from './document/document.ts'
import {locations} from './locations.ts'
import type {Files, Uri} from './model/files.ts'
import type {Renderer} from './model/manifests.ts'
import type {PromotionService} from './model/promotion.ts'
import {Operations} from './operations.ts'
import {Preparation} from './preparation.ts'
import {schemaAt} from './sources/progression/schema.ts'
import type {Settings} from './workspace/settings.ts'

/** What a front end gives to the service. Functions are asked each time, because all of it changes. */
export type ServiceParts = {
  /** Open texts cover the disk. */
  readonly files: Files
  readonly settings: () => Settings
  /** A document as it is now, open or not; undefined where there is none, or it is none of ours. */
  readonly document: (uri: Uri, signal?: AbortSignal) => Promise<Document | undefined>
  /** Every progression file of the workspace, and those that are open beside it. */
  readonly documents: (signal?: AbortSignal) => Promise<readonly Uri[]>
  /** The Git work tree a document lies in, else its workspace folder, else its own folder. */
  readonly rootOf: (document: Uri) => Promise<Uri>
  /** False in an untrusted workspace: no cluster, no program of the user. */
  readonly trusted: boolean
  readonly log: (message: string) => void
}

/**
 * The whole of the product behind a language server. Nothing of the cluster and no render engine is loaded before it is
 * needed: both live in threads of their own. `entry` is the `import.meta.url` of the program.
 */
export async function createService(entry: string, parts: ServiceParts) {
  const {engine, renderWorker, clusterWorker, grammar} = locations(entry)
  let renderer: (Renderer & {close(): Promise<void>}) | undefined
  if (engine) {
    const {WasmRenderer} = await import('./render/renderer.ts')
    renderer = new WasmRenderer({engine, worker: renderWorker})
  } else parts.log('The render engine is not there, so overlays and charts are not looked at. Run npm run build.')
  const analysis = new Analysis({
    files: parts.files,
    renderer,
    grammar,
    rootOf: parts.rootOf,
    log: parts.log,
    settings() {
      const {rules, environmentNames, kubernetesVersion, render} = parts.settings()
      return {levels: rules, environmentNames, kubernetesVersion, rendering: render.enabled}
    },
  })
  let cluster: (PromotionService & {kill(): Promise<void>; close(): Promise<void>}) | undefined
  const promotions = async () => {
    if (!cluster) {
      const {ClusterWorker} = await import('./cluster/client.ts')
      cluster = new ClusterWorker({worker: clusterWorker, kubeconfig: {path: parts.settings().kubeconfig, environment: process.env}, log: parts.log})
    }
    return cluster
  }
  const preparation = new Preparation({
    analysis,
    renderer: renderer ?? nothingRenders,
    promotions,
    resolving: () => ({contexts: parts.settings().contexts, environmentVariables: process.env}),
    kubernetesVersion: () => parts.settings().kubernetesVersion,
  })
  const operations = new Operations({...parts, analysis, preparation, promotions, kill: async () => cluster?.kill()})
  return {
    analysis,
    operations,
    schemaAt,
    async dispose() {
      operations.dispose()
      await Promise.all([renderer?.close(), cluster?.close()])
    },
  }
}

const nothingRenders: Renderer = {render: async () => ({state: 'unknown', why: 'the render engine is not built', read: []})}
