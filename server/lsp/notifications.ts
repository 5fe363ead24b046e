import {
  type DeleteFilesParams,
  type DidChangeConfigurationParams,
  type DidChangeTextDocumentParams,
  type DidChangeWatchedFilesParams,
  type DidChangeWorkspaceFoldersParams,
  type DidCloseTextDocumentParams,
  type DidOpenTextDocumentParams,
  FileChangeType,
  type RenameFilesParams,
  type WorkDoneProgressCancelParams,
} from 'vscode-languageserver/node'
import {normalizeUri} from '../document/uri.ts'
import type {Parts} from './compose.ts'

type Handler = (parameters: unknown) => void | Promise<void>

/** What the server does when the client tells it something, by method. */
export function notificationHandlers(parts: Parts, fileChanged: (uri: string, kind: 'changed' | 'deleted') => void): ReadonlyMap<string, Handler> {
  const {documents, configuration, workspace, watching, workDone, reports, graphNews} = parts
  const handlers = new Map<string, Handler>()
  const on = <P>(method: string, handler: (parameters: P) => void | Promise<void>): void => {
    handlers.set(method, handler as Handler)
  }
  on('initialized', async () => {
    configuration.start()
    await workspace.findRoots()
    await watching.start()
  })
  on('textDocument/didOpen', ({textDocument: {uri, version, text}}: DidOpenTextDocumentParams) => documents.open(uri, version, text))
  on('textDocument/didChange', ({textDocument: {uri, version}, contentChanges}: DidChangeTextDocumentParams) => documents.change(uri, version, contentChanges))
  on('textDocument/didClose', ({textDocument: {uri}}: DidCloseTextDocumentParams) => documents.close(uri))
  on('workspace/didChangeConfiguration', ({settings}: DidChangeConfigurationParams) => configuration.change(settings))
  on('workspace/didChangeWatchedFiles', ({changes}: DidChangeWatchedFilesParams) => {
    for (const {uri, type} of changes) fileChanged(normalizeUri(uri), type === FileChangeType.Deleted ? 'deleted' : 'changed')
  })
  on('workspace/didDeleteFiles', ({files}: DeleteFilesParams) => {
    for (const {uri} of files) fileChanged(normalizeUri(uri), 'deleted')
    workspace.forget()
  })
  on('workspace/didRenameFiles', ({files}: RenameFilesParams) => {
    for (const {oldUri} of files) fileChanged(normalizeUri(oldUri), 'deleted')
    workspace.forget()
    parts.tell(undefined)
  })
  on('workspace/didChangeWorkspaceFolders', async ({event}: DidChangeWorkspaceFoldersParams) => {
    workspace.change(
      event.added.map(({uri}) => uri),
      event.removed.map(({uri}) => uri),
    )
    await workspace.findRoots()
    reports.everythingChanged()
    graphNews.tell(undefined)
    await watching.foldersChanged()
  })
  on('window/workDoneProgress/cancel', ({token}: WorkDoneProgressCancelParams) => workDone.cancel(token))
  return handlers
}
