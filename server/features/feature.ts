import type {ServerCapabilities, TextDocumentIdentifier} from 'vscode-languageserver-protocol'
import type {Document} from '../document/document.ts'
import type {Mapping} from '../document/node.ts'
import type {Files, Uri} from '../model/files.ts'
import type {Level, Progression} from '../model/progression.ts'
import type {SchemaNode, SchemaTree} from '../model/schema-tree.ts'

/** A progression with the trees it was read from: the document over what it extends, and each environment over `defaults`. */
export type Merged = {
  readonly progression: Progression
  readonly top: Mapping
  readonly environments: readonly {readonly name: string; readonly merged: Mapping}[]
}

/** What is said of a rule beside a finding. `page` is its address in the documentation. */
export type RuleWords = {readonly title: string; readonly level: Level; readonly page: string}

/** What the client can draw and take. */
export type ClientAbilities = {
  readonly hierarchicalSymbols: boolean
  /** Completion may hold `${1:placeholders}`. */
  readonly snippets: boolean
  /** Inserts text as it is where it is told to; others give every line the indentation of the first. */
  readonly ownIndentation: boolean
  /** Edits that name the version of the text they were made for. */
  readonly versionedEdits: boolean
  /** Knows the commands of our extension: Promote, Roll Back, Open Flowchart. */
  readonly commands: boolean
}

/** Everything beside the one document that a question is about. */
export type Surroundings = {
  readonly schema: SchemaTree
  /** Open texts cover the disk. */
  readonly files: Files
  /** Every progression file of the workspace and those open beside it, read, in the order of their URIs; with a word, only those whose text has it. */
  documents(signal: AbortSignal, word?: string): AsyncIterable<Document>
  /** A file as a document, whatever it holds; read. Undefined where there is none. */
  documentAt(uri: Uri, signal: AbortSignal): Promise<Document | undefined>
  /** What a document says, with what it extends merged in. */
  progressionsOf(document: Document, signal: AbortSignal): Promise<readonly Progression[]>
  /** A URI as the client writes it. */
  spelling(uri: Uri): string
  /** The version of an open text; null for one on the disk, as edits name it. */
  versionOf(document: Document): number | null
  readonly client: ClientAbilities
}

/** What every feature may look at. Answers are about this one moment: nothing here changes while a feature thinks. */
export type FeatureRequest = {
  readonly document: Document
  /** Linked, one for each YAML document that is one. */
  readonly progressions: readonly Progression[]
  /** The same with their trees, in the same order. */
  readonly merged: readonly Merged[]
  /** What the format says of a place, by keys and indices from the top. */
  schemaAt(path: readonly (string | number)[]): SchemaNode | undefined
  readonly schema: SchemaTree
  rule(code: string): RuleWords | undefined
  /** The document that places of a progression lie in: this one, or one that it extends. Undefined for any other. */
  documentOf(uri: Uri): Document | undefined
  readonly around: Surroundings
  readonly client: ClientAbilities
}

export type AboutDocument = {readonly textDocument: TextDocumentIdentifier}

/** An answer that is a no: the words that the person reads. */
export class Refusal {
  readonly message: string

  constructor(message: string) {
    this.message = message
  }
}

/** One thing the language server offers for a document of ours: what it is called, how it is announced, and what it answers. */
export type Feature<Params extends AboutDocument = AboutDocument, Result = unknown> = {
  readonly method: string
  readonly capability: ServerCapabilities
  /** Null where there is nothing to say. The signal aborts when nobody waits for the answer any more. */
  provide(request: FeatureRequest, params: Params, signal: AbortSignal): Result | Refusal | null | Promise<Result | Refusal | null>
}

export const defineFeature = <Params extends AboutDocument, Result>(feature: Feature<Params, Result>): Feature<Params, Result> => feature

/** The same for what is asked of the whole workspace. */
export type WorkspaceFeature<Params = unknown, Result = unknown> = {
  readonly method: string
  readonly capability: ServerCapabilities
  provide(around: Surroundings, params: Params, signal: AbortSignal): Result | null | Promise<Result | null>
}

export const defineWorkspaceFeature = <Params, Result>(feature: WorkspaceFeature<Params, Result>): WorkspaceFeature<Params, Result> => feature
