import {type ServerCapabilities, TextDocumentSyncKind} from 'vscode-languageserver/node'
import type {Abilities} from './abilities.ts'
import {commandNames} from './commands.ts'
import {features, workspaceFeatures} from './features.ts'

/** What this server offers to a client of these abilities. */
export function capabilitiesFor(abilities: Abilities): ServerCapabilities {
  const folders = {filters: [{scheme: 'file', pattern: {glob: '**', matches: 'folder' as const}}]}
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: {openClose: true, change: TextDocumentSyncKind.Incremental, save: false},
    // A client that cannot pull would not know what to do with it, and gets its diagnostics pushed.
    diagnosticProvider: abilities.pull ? {identifier: 'progression', interFileDependencies: true, workspaceDiagnostics: true} : undefined,
    codeActionProvider: abilities.codeActionLiterals ? {codeActionKinds: ['quickfix']} : undefined,
    executeCommandProvider: {commands: commandNames, workDoneProgress: true},
    workspace: {
      workspaceFolders: {supported: true, changeNotifications: true},
      // Watchers look at files by name, and so miss the folder that goes with everything in it.
      fileOperations: {didDelete: folders, didRename: folders},
    },
    ...Object.assign({}, ...[...features, ...workspaceFeatures].map(({capability}) => capability)),
  }
}
