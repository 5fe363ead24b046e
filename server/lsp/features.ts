import {completion} from '../features/completion/completion.ts'
import {definition} from '../features/definition.ts'
import {documentHighlight} from '../features/document-highlight.ts'
import {documentSymbols} from '../features/document-symbols.ts'
import type {Feature, WorkspaceFeature} from '../features/feature.ts'
import {hover} from '../features/hover.ts'
import {references} from '../features/references.ts'
import {prepareRename, rename} from '../features/rename.ts'

/** Everything that answers about one document, a line each; the connection registers them all. */
export const features: readonly Feature[] = [
  hover,
  completion,
  documentSymbols,
  definition,
  references,
  documentHighlight,
  prepareRename,
  rename,
] as readonly Feature<never>[] as readonly Feature[]

/** Everything that answers about the workspace. */
export const workspaceFeatures: readonly WorkspaceFeature[] = []
