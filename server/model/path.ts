import type {Fact} from './fact.ts'
import type {Existence, Uri} from './files.ts'
import type {Place} from './place.ts'

/**
 * What a path must lead to: a file, a folder, a folder with a kustomization, a chart. `program` is a file that is started. `remote`
 * lies in no workspace: a Git repository, a registry.
 */
export type PathKind = 'file' | 'folder' | 'overlay' | 'chart' | 'program' | 'remote'

/** A path that a progression names, filled for one of the places it is used in. */
export type PathUse = {
  /** As the author wrote it, variables included. */
  readonly written: string
  /** Relative to the file that holds it, variables filled; what `uri` leads to, in words. */
  readonly path: string
  readonly uri: Uri
  readonly kind: PathKind
  readonly at: Place
  /** Unknown until it was looked up, and where it leads out of what may be read. */
  readonly existence: Fact<Existence>
  /** A path like `path` that is there, for a quick fix. Only where nothing has to be filled. */
  readonly near?: string
}

/** What a lookup found at a path. An overlay is there only with its kustomization, a chart only with its Chart.yaml. */
export type Lookup = {readonly existence: Existence; readonly near?: string}
