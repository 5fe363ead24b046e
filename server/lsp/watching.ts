import {type Connection, type FileSystemWatcher, WatchKind} from 'vscode-languageserver/node'
import {filePath, isWithin} from '../document/uri.ts'
import type {Uri} from '../model/files.ts'
import {FolderWatch} from '../workspace/folder-watch.ts'
import type {Abilities} from './abilities.ts'
import {type Log, messageOf} from './answer.ts'

const everything = WatchKind.Create | WatchKind.Change | WatchKind.Delete

export type WatchingOptions = {
  readonly connection: Connection
  readonly abilities: Abilities
  readonly log: Log
  readonly changed: (uri: Uri, kind: 'changed' | 'deleted') => void
  /** Folders that were searched for progressions; asked only where the client does not watch for us. */
  readonly scannedFolders: () => Promise<readonly Uri[]>
}

/** Watches progression files everywhere, and the folders that renderings read. The client does it where it can. */
export class Watching {
  readonly #options: WatchingOptions
  readonly #own: FolderWatch | undefined
  #folders = ''
  #registered = 0
  #changing: Promise<void> = Promise.resolve()

  constructor(options: WatchingOptions) {
    this.#options = options
    this.#own = options.abilities.watchedFiles ? undefined : new FolderWatch(options.changed)
  }

  async start(): Promise<void> {
    if (this.#own) this.#own.watch(await this.#options.scannedFolders())
    else await this.#register('progression-files', [{globPattern: '**/{progression,*.progression}.{yaml,yml}', kind: everything}])
  }

  /** Folders changed that are searched: workspace folders came or went. */
  async foldersChanged(): Promise<void> {
    this.#own?.watch(await this.#options.scannedFolders())
  }

  /** Files and folders that renderings read; what lies beside them may be read next time. */
  reads(uris: ReadonlySet<Uri>): void {
    const folders = outermost(uris)
    const key = folders.join('\n')
    if (key === this.#folders) return
    this.#folders = key
    if (this.#own) this.#own.watchBelow(folders)
    else this.#changing = this.#changing.then(() => this.#replace(folders))
  }

  dispose(): void {
    this.#own?.dispose()
  }

  /** The new registration comes before the old one goes, so that nothing is missed in between. */
  async #replace(folders: readonly Uri[]): Promise<void> {
    const {connection, abilities} = this.#options
    const previous = this.#registered
    const id = `progression-read-${++this.#registered}`
    const watchers = folders.map((folder): FileSystemWatcher => {
      const globPattern = abilities.relativePatterns ? {baseUri: folder, pattern: '**/*'} : `${filePath(folder).replaceAll('\\', '/')}/**/*`
      return {globPattern, kind: everything}
    })
    if (watchers.length > 0) await this.#register(id, watchers)
    if (previous > 0)
      await connection
        .sendRequest('client/unregisterCapability', {unregisterations: [{id: `progression-read-${previous}`, method: 'workspace/didChangeWatchedFiles'}]})
        .catch(() => undefined)
  }

  async #register(id: string, watchers: readonly FileSystemWatcher[]): Promise<void> {
    const {connection, log} = this.#options
    await connection
      .sendRequest('client/registerCapability', {registrations: [{id, method: 'workspace/didChangeWatchedFiles', registerOptions: {watchers}}]})
      .catch(error => log(`Files are not watched: ${messageOf(error)}`))
  }
}

/** The folders of these files, without those that lie in another one of them. */
function outermost(uris: ReadonlySet<Uri>): readonly Uri[] {
  const folders = [...new Set([...uris].map(uri => uri.slice(0, uri.lastIndexOf('/'))))].filter(folder => /^file:\/\/.*[^/]/.test(folder)).sort()
  const kept: Uri[] = []
  for (const folder of folders) if (!kept.some(outer => isWithin(folder, outer))) kept.push(folder)
  return kept
}
