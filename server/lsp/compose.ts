import type {Connection, InitializeParams} from 'vscode-languageserver/node'
import {folderOf} from '../document/uri.ts'
import type {Files, Uri} from '../model/files.ts'
import {BufferedFiles} from '../workspace/buffered-files.ts'
import {ClosedDocuments} from '../workspace/closed-documents.ts'
import {DiskFiles} from '../workspace/disk-files.ts'
import {workTree} from '../workspace/work-tree.ts'
import {Workspace} from '../workspace/workspace.ts'
import type {Abilities} from './abilities.ts'
import type {Log} from './answer.ts'
import {Configuration} from './configuration.ts'
import {Changes} from './diagnostics/changes.ts'
import {Coalesced} from './diagnostics/coalesced.ts'
import {Pull} from './diagnostics/pull.ts'
import {Push} from './diagnostics/push.ts'
import {Reports} from './diagnostics/reports.ts'
import {Documents} from './documents.ts'
import {GraphNews} from './graph-news.ts'
import {Library} from './library.ts'
import {WorkDone} from './progress.ts'
import type {CreateService, Service} from './service.ts'
import {Watching} from './watching.ts'

export type SessionOptions = {
  readonly connection: Connection
  readonly parameters: InitializeParams
  readonly abilities: Abilities
  readonly createService: CreateService
  readonly log: Log
}

/** Everything one connection is made of. */
export type Parts = {
  readonly options: SessionOptions
  readonly configuration: Configuration
  readonly workspace: Workspace
  readonly documents: Documents
  readonly closed: ClosedDocuments
  readonly library: Library
  /** Open texts over the disk. */
  readonly files: Files
  /** Every progression of the workspace, and those that are open beside it. */
  readonly listed: (signal?: AbortSignal) => Promise<readonly Uri[]>
  readonly service: Service
  readonly reports: Reports
  readonly changes: Changes
  readonly pull: Pull
  readonly push: Push | undefined
  readonly watching: Watching
  readonly workDone: WorkDone
  readonly graphNews: GraphNews
  /** Something is reported differently now: `undefined` where it may be anywhere. */
  readonly tell: (uri: Uri | undefined) => void
}

/** Puts a connection's parts together. Nothing is read or asked yet. */
export async function compose(
  options: SessionOptions,
  events: {fileChanged(uri: Uri, kind: 'changed' | 'deleted'): void; settingsChanged(isFirst: boolean): void},
): Promise<Parts> {
  const {connection, parameters, abilities, createService, log} = options
  const configuration = new Configuration(connection, abilities, isFirst => events.settingsChanged(isFirst), log)
  const workspace = new Workspace({folders: foldersOf(parameters), exclude: () => configuration.settings.exclude, log})
  const documents = new Documents()
  const files = new BufferedFiles(new DiskFiles(() => workspace.roots), documents)
  const closed = new ClosedDocuments(files)
  const library = new Library(documents, closed, document => service.analysis.accepts(document))
  const rootOf = async (uri: Uri): Promise<Uri> => (await workTree(folderOf(uri))) ?? workspace.folderOf(uri) ?? folderOf(uri)
  const listed = async (signal?: AbortSignal): Promise<readonly Uri[]> => {
    const open = [...library.uris()].filter(uri => {
      const document = library.opened(uri)
      return document !== undefined && library.isOurs(document)
    })
    return [...new Set([...(await workspace.files(signal)), ...open])].sort()
  }
  const service = await createService({
    files,
    settings: () => configuration.settings,
    document: (uri, signal) => library.ours(uri, signal),
    documents: listed,
    rootOf,
    trusted: abilities.options.trusted !== false,
    log,
  })
  const changes = new Changes()
  const refresh = new Coalesced(() => connection.languages.diagnostics.refresh().catch(error => log(`The client did not take a refresh: ${String(error)}`)))
  const tell = (uri: Uri | undefined): void => {
    changes.tell()
    push?.wish()
    // What is not open comes with the workspace's diagnostics, whose request is waiting for just this.
    if (abilities.pull && abilities.refreshDiagnostics && (uri === undefined || documents.has(uri))) refresh.wish()
  }
  const reports = new Reports({analysis: service.analysis, library, log, changed: tell, readsChanged: () => watching.reads(reports.reads())})
  const pull = new Pull({reports, library, changes, relatedInformation: abilities.relatedInformation, files: signal => workspace.files(signal)})
  const push = abilities.pull ? undefined : new Push({connection, reports, library, pull, log})
  const watching = new Watching({
    connection,
    abilities,
    log,
    changed: (uri, kind) => events.fileChanged(uri, kind),
    scannedFolders: () => workspace.scannedFolders(),
  })
  const graphNews = new GraphNews(connection)
  service.operations?.onChanged(changed => graphNews.tell(changed.uris))
  const workDone = new WorkDone(connection, abilities.progress)
  return {
    options,
    configuration,
    workspace,
    documents,
    closed,
    library,
    files,
    listed,
    service,
    reports,
    changes,
    pull,
    push,
    watching,
    workDone,
    graphNews,
    tell,
  }
}

function foldersOf({workspaceFolders, rootUri}: InitializeParams): readonly Uri[] {
  if (workspaceFolders) return workspaceFolders.map(({uri}) => uri)
  return rootUri ? [rootUri] : []
}
