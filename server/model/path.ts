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
  /** Where it is missing: a path like it that is there. */
  readonly near?: string
  /** Where it is a folder that should be an overlay or a chart: the file that makes it one, which is not there. */
  readonly lacks?: string
}

/** What a lookup found at a path; `kustomization` is the file of an overlay that makes it one. */
export type Lookup = {readonly existence: Existence; readonly near?: string; readonly lacks?: string; readonly kustomization?: Uri}

export const kustomizationNames: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
