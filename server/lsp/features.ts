import {codeLenses} from '../features/code-lenses.ts'
import {completion} from '../features/completion/completion.ts'
import {definition} from '../features/definition.ts'
import {documentHighlight} from '../features/document-highlight.ts'
import {documentLinks} from '../features/document-links.ts'
import {documentSymbols} from '../features/document-symbols.ts'
import type {Feature, WorkspaceFeature} from '../features/feature.ts'
import {foldingRanges} from '../features/folding-ranges.ts'
import {hover} from '../features/hover.ts'
import {inlayHints} from '../features/inlay-hints.ts'
import {references} from '../features/references.ts'
import {prepareRename, rename} from '../features/rename.ts'
import {selectionRanges} from '../features/selection-ranges.ts'
import {semanticTokens} from '../features/semantic-tokens.ts'
import {workspaceSymbols} from '../features/workspace-symbols.ts'

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
  documentLinks,
  foldingRanges,
  selectionRanges,
  inlayHints,
  codeLenses,
  ...semanticTokens(),
] as readonly Feature<never>[] as readonly Feature[]

/** Everything that answers about the workspace. */
export const workspaceFeatures: readonly WorkspaceFeature[] = [workspaceSymbols] as readonly WorkspaceFeature<never>[] as readonly WorkspaceFeature[]
