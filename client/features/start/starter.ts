import {type LogOutputChannel, Position, Range, type TextDocument, workspace} from 'vscode'
import {Disposable} from '../../infrastructure/disposable.ts'
import type {ProgressionServer} from '../../infrastructure/language-client.ts'
import {isProgression, sniffedLength} from './sniff.ts'

/** Starts the server for the first document that is ours, and restarts it when the workspace becomes trusted. */
export class Starter extends Disposable {
  readonly #server: ProgressionServer
  readonly #log: LogOutputChannel

  constructor(server: ProgressionServer, log: LogOutputChannel) {
    super()
    this.#server = server
    this.#log = log
    this.register(workspace.onDidOpenTextDocument(document => this.#look(document)))
    this.register(
      workspace.onDidGrantWorkspaceTrust(() => {
        if (server.running) void server.restart().catch(error => this.#log.error('Restarting the server:', String(error)))
      }),
    )
    for (const document of workspace.textDocuments) this.#look(document)
  }

  #look(document: TextDocument): void {
    if (this.#server.running || !['progression', 'yaml'].includes(document.languageId)) return
    const end = document.positionAt(sniffedLength)
    const head = document.getText(new Range(new Position(0, 0), end))
    if (!isProgression({languageId: document.languageId, path: document.uri.path, head})) return
    void this.#server.start().catch(error => this.#log.error('Starting the server:', String(error)))
  }
}
