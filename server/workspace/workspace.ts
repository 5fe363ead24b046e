import {baseName, folderOf, isWithin, normalizeUri, relativePath} from '../document/uri.ts'
import type {Uri} from '../model/files.ts'
import {globs} from './glob.ts'
import {neverEntered, scan} from './scan.ts'
import {workTree} from './work-tree.ts'

export type WorkspaceOptions = {
  readonly folders: readonly Uri[]
  /** Patterns of the setting `progression.exclude`, asked at every scan. */
  exclude(): readonly string[]
  log(message: string): void
}

/** Whether a file is a progression by its name alone: `progression.yaml`, `shop.progression.yml`. */
export const isProgressionName = (name: string): boolean => /(^|\.)progression\.ya?ml$/.test(name)

/** The folders that are open, and the progression files in them. */
export class Workspace {
  readonly #options: WorkspaceOptions
  #folders: readonly Uri[]
  #roots: readonly Uri[]
  readonly #alone = new Map<Uri, Uri>()
  #scanned: Promise<{readonly files: ReadonlySet<Uri>; readonly folders: readonly Uri[]}> | undefined
  #known: Set<Uri> | undefined

  constructor(options: WorkspaceOptions) {
    this.#options = options
    this.#folders = options.folders.map(normalizeUri)
    this.#roots = this.#folders
  }

  get folders(): readonly Uri[] {
    return this.#folders
  }

  /** Where files may be read: the folders, and the Git work trees around them once {@link findRoots} has run. */
  get roots(): readonly Uri[] {
    return this.#alone.size === 0 ? this.#roots : [...this.#roots, ...this.#alone.values()]
  }

  change(added: readonly Uri[], removed: readonly Uri[]): void {
    const gone = new Set(removed.map(normalizeUri))
    this.#folders = [...new Set([...this.#folders.filter(folder => !gone.has(folder)), ...added.map(normalizeUri)])]
    this.#roots = this.#folders
    this.forget()
  }

  /** The innermost folder that holds a file. */
  folderOf(uri: Uri): Uri | undefined {
    return this.#folders.filter(folder => isWithin(uri, folder)).sort((one, other) => other.length - one.length)[0]
  }

  /** A folder may be a part of its repository, and overlays lie beside it: `../base`. */
  async findRoots(): Promise<void> {
    const folders = this.#folders
    const trees = await Promise.all(folders.map(workTree))
    if (folders === this.#folders) this.#roots = [...new Set([...folders, ...trees.filter(tree => tree !== undefined)])]
  }

  /** A file that was opened by itself may read what lies in its work tree, or beside it where there is none. */
  async include(file: Uri): Promise<void> {
    if (!file.startsWith('file:') || this.#roots.some(root => isWithin(file, root)) || this.#alone.has(file)) return
    this.#alone.set(file, folderOf(file))
    const tree = await workTree(folderOf(file))
    if (tree && this.#alone.has(file)) this.#alone.set(file, tree)
  }

  /** The file that was opened by itself was closed. */
  leave(file: Uri): void {
    this.#alone.delete(file)
  }

  /** Progression files of all folders, each once, in the order of their URIs. Scanned once, then kept up to date by {@link changed}. */
  async files(signal?: AbortSignal): Promise<readonly Uri[]> {
    await this.#scan()
    signal?.throwIfAborted()
    return [...(this.#known ?? [])].sort()
  }

  /** Every folder that the scan looked into, for watching them. */
  async scannedFolders(): Promise<readonly Uri[]> {
    return (await this.#scan()).folders
  }

  /** What a watcher saw. True where the list of progression files is another one now. */
  changed(uri: Uri, kind: 'created' | 'changed' | 'deleted'): boolean {
    if (!this.#known) return false
    if (kind === 'deleted') {
      // A folder that goes takes its files along, and only the folder is reported.
      const gone = [...this.#known].filter(file => isWithin(file, uri))
      for (const file of gone) this.#known.delete(file)
      return gone.length > 0
    }
    if (this.#known.has(uri) || !this.isCandidate(uri)) return false
    this.#known.add(uri)
    return true
  }

  /** Whether a file would be found by a scan. */
  isCandidate(uri: Uri): boolean {
    const folder = this.folderOf(uri)
    if (!folder || !isProgressionName(baseName(uri))) return false
    const path = relativePath(folder, uri)
    return !path.split('/').some(name => neverEntered.has(name)) && !globs(this.#options.exclude())(path)
  }

  /** Scans again at the next question, because folders or excludes changed. */
  forget(): void {
    this.#scanned = undefined
    this.#known = undefined
  }

  #scan(): Promise<{readonly files: ReadonlySet<Uri>; readonly folders: readonly Uri[]}> {
    this.#scanned ??= this.#scanAll(this.#folders)
    return this.#scanned
  }

  async #scanAll(folders: readonly Uri[]): Promise<{readonly files: ReadonlySet<Uri>; readonly folders: readonly Uri[]}> {
    const excludes = globs(this.#options.exclude())
    const local = folders.filter(folder => folder.startsWith('file:'))
    const found = await Promise.all(local.map(folder => scan({folder, accepts: isProgressionName, excludes})))
    for (const [index, {cut, folders: entered}] of found.entries())
      if (cut)
        this.#options.log(
          `${local[index]} holds more than ${entered.length} folders. Those further down are not searched; leave some out with progression.exclude.`,
        )
    const files = new Set(found.flatMap(one => one.files))
    if (folders === this.#folders) this.#known = files
    return {files, folders: found.flatMap(one => one.folders)}
  }
}
