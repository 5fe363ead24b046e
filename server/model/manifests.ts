import type {Files, Uri} from './files.ts'
import type {Place} from './place.ts'

/** A Kubernetes object as it is sent to the API server. */
export type KubernetesObject = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly uid?: string
    readonly resourceVersion?: string
    readonly generation?: number
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
    readonly [key: string]: unknown
  }
  readonly [key: string]: unknown
}

/** Where the objects of an environment come from. Paths are absolute URIs; every variable is filled. */
export type ManifestSource =
  | {readonly kind: 'directory'; readonly folder: Uri}
  | {readonly kind: 'kustomize'; readonly folder: Uri}
  | {readonly kind: 'helm'; readonly chart: Uri; readonly values: readonly Uri[]; readonly release: string; readonly namespace?: string}

/** One rendered object and, as far as the engine lets it be known, the place that gave it. */
export type Manifest = {
  readonly object: KubernetesObject
  readonly origin?: Uri
  /** Line of the object in `origin`, counted from 1, where the engine knows it. */
  readonly line?: number
  readonly at?: Place
}

export type RenderRequest = {
  readonly sources: readonly ManifestSource[]
  /** Paths stay below this folder: the Git work tree, or the workspace folder where there is none. */
  readonly root: Uri
  readonly files: Files
  /** `major.minor` or `vmajor.minor.patch` for charts that ask; from the cluster when it was asked, else a setting. */
  readonly kubernetesVersion?: string
}

/** What came out, or why nothing did. `failed` is the author's mistake, `unknown` is ours to admit: a remote base, a missing tool. */
export type Rendering =
  | {readonly state: 'rendered'; readonly manifests: readonly Manifest[]; readonly read: readonly Uri[]}
  | {readonly state: 'failed'; readonly message: string; readonly at?: {readonly uri: Uri; readonly line?: number}; readonly read: readonly Uri[]}
  | {readonly state: 'unknown'; readonly why: string; readonly read: readonly Uri[]}

export interface Renderer {
  /** Never throws but for an aborted signal. `read` names every file the result depends on, missing ones included. */
  render(request: RenderRequest, signal: AbortSignal): Promise<Rendering>
}
