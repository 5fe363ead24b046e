import type {Connection} from 'vscode-languageserver/node'
import type {Uri} from '../../model/files.ts'
import {type Log, messageOf, Outdated} from '../answer.ts'
import type {Library} from '../library.ts'
import {Coalesced} from './coalesced.ts'
import type {Pull} from './pull.ts'
import type {Reports} from './reports.ts'

export type PushOptions = {
  readonly connection: Connection
  readonly reports: Reports
  readonly library: Library
  readonly pull: Pull
  readonly log: Log
}

/** Publishes the findings of open documents, for clients that do not ask. Only what changed since the last publication is looked at. */
export class Push {
  readonly #options: PushOptions
  readonly #published = new Map<Uri, string>()
  readonly #stop = new AbortController()
  readonly #all = new Coalesced(() => this.#publish())

  constructor(options: PushOptions) {
    this.#options = options
  }

  /** Some document may have other findings now. */
  wish(): void {
    this.#all.wish()
  }

  closed(uri: Uri, spelled: string): void {
    this.#published.delete(uri)
    void this.#options.connection.sendDiagnostics({uri: spelled, diagnostics: []})
  }

  dispose(): void {
    this.#stop.abort()
  }

  async #publish(): Promise<void> {
    const {connection, reports, library, pull, log} = this.#options
    for (const uri of [...library.uris()]) {
      try {
        const report = await reports.report(uri, this.#stop.signal)
        if (!report) {
          // It was one of ours, and an edit made it another file.
          if (this.#published.delete(uri)) void connection.sendDiagnostics({uri: library.spelling(uri), diagnostics: []})
          continue
        }
        if (this.#published.get(uri) === report.id) continue
        this.#published.set(uri, report.id)
        void connection.sendDiagnostics({uri: library.spelling(uri), version: report.document.version, diagnostics: pull.diagnostics(report)})
      } catch (error) {
        // The edit that made it outdated wishes again.
        if (!(error instanceof Outdated) && !this.#stop.signal.aborted) log(`Publishing the findings of ${uri} failed: ${messageOf(error)}`)
      }
    }
  }
}
