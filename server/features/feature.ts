import type {ServerCapabilities, TextDocumentIdentifier} from 'vscode-languageserver-protocol'
import type {Document} from '../document/document.ts'
import type {Progression} from '../model/progression.ts'
import type {SchemaNode} from '../model/schema-tree.ts'

/** What every feature may look at. Answers are about this one moment: nothing here changes while a feature thinks. */
export type FeatureRequest = {
  readonly document: Document
  /** Linked, one for each YAML document that is one. */
  readonly progressions: readonly Progression[]
  /** What the format says of a place, by keys and indices from the top. */
  schemaAt(path: readonly (string | number)[]): SchemaNode | undefined
  /** What the client can draw. */
  readonly client: {readonly hierarchicalSymbols: boolean}
}

export type AboutDocument = {readonly textDocument: TextDocumentIdentifier}

/** One thing the language server offers for a document of ours: what it is called, how it is announced, and what it answers. */
export type Feature<Params extends AboutDocument = AboutDocument, Result = unknown> = {
  readonly method: string
  readonly capability: ServerCapabilities
  /** Null where there is nothing to say. The signal aborts when nobody waits for the answer any more. */
  provide(request: FeatureRequest, params: Params, signal: AbortSignal): Result | null | Promise<Result | null>
}

export const defineFeature = <Params extends AboutDocument, Result>(feature: Feature<Params, Result>): Feature<Params, Result> => feature
