import type {InitializeParams} from 'vscode-languageserver/node'
import type {InitializationOptions} from '../protocol.ts'

/** What the client can do, as far as it changes what the server does. */
export type Abilities = {
  /** Asks for diagnostics by itself. */
  readonly pull: boolean
  readonly refreshDiagnostics: boolean
  readonly configuration: boolean
  readonly dynamicConfiguration: boolean
  readonly watchedFiles: boolean
  readonly relativePatterns: boolean
  readonly workspaceFolders: boolean
  readonly progress: boolean
  readonly hierarchicalSymbols: boolean
  readonly relatedInformation: boolean
  readonly codeActionLiterals: boolean
  readonly versionedEdits: boolean
  readonly snippets: boolean
  /** Inserts text with the indentation it has, where it is told to. */
  readonly ownIndentation: boolean
  /** The client is our extension: only that says whether the workspace is trusted. */
  readonly extension: boolean
  readonly options: InitializationOptions
}

export function abilitiesOf({capabilities, initializationOptions}: InitializeParams): Abilities {
  const {workspace, textDocument, window} = capabilities
  const diagnostics = textDocument?.diagnostic ?? textDocument?.publishDiagnostics
  return {
    pull: textDocument?.diagnostic !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    dynamicConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    relatedInformation: diagnostics?.relatedInformation === true || textDocument?.publishDiagnostics?.relatedInformation === true,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    // 1 is `asIs` of InsertTextMode.
    ownIndentation: textDocument?.completion?.completionItem?.insertTextModeSupport?.valueSet.includes(1) === true,
    extension: typeof (initializationOptions as {trusted?: unknown} | undefined)?.trusted === 'boolean',
    options: optionsOf(initializationOptions),
  }
}

/** Other clients send anything here; only booleans of the names we know count. */
function optionsOf(value: unknown): InitializationOptions {
  const raw = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  return {trusted: raw.trusted !== false, testMode: raw.testMode === true}
}
