import {documentSymbols} from '../features/document-symbols.ts'
import type {Feature, WorkspaceFeature} from '../features/feature.ts'
import {hover} from '../features/hover.ts'

/** Everything that answers about one document, a line each; the connection registers them all. */
export const features: readonly Feature[] = [hover, documentSymbols] as readonly Feature<never>[] as readonly Feature[]

/** Everything that answers about the workspace. */
export const workspaceFeatures: readonly WorkspaceFeature[] = []
