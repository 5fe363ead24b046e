import type {Analysis} from '../analysis.ts'
import type {SchemaNode} from '../model/schema-tree.ts'
import type {ServiceParts} from '../service.ts'
import type {Operations} from './operations.ts'

/** What the language server is a front end of. */
export type Service = {
  readonly analysis: Analysis
  /** Absent where there are none, such as in a server built for language features alone. */
  readonly operations?: Operations
  schemaAt(path: readonly (string | number)[]): SchemaNode | undefined
  dispose(): Promise<void> | void
}

export type CreateService = (parts: ServiceParts) => Service | Promise<Service>
