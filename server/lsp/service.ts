import type {Analysis} from '../analysis.ts'
import type {Document} from '../document/document.ts'
import type {Files, Uri} from '../model/files.ts'
import type {SchemaNode} from '../model/schema-tree.ts'
import type {Settings} from '../workspace/settings.ts'
import type {Log} from './answer.ts'
import type {Operations} from './operations.ts'

/** What a language server gives to what it is built from. Functions are asked each time, because all of it changes. */
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
  readonly log: Log
}

/** What the language server is a front end of. */
export type Service = {
  readonly analysis: Analysis
  /** Absent where there are none, such as in a server built for language features alone. */
  readonly operations?: Operations
  schemaAt(path: readonly (string | number)[]): SchemaNode | undefined
  dispose(): Promise<void> | void
}

export type CreateService = (parts: ServiceParts) => Service | Promise<Service>
