import {type FSWatcher, watch} from 'node:fs'
import {readdir, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {filePath, fileUri} from '../document/uri.ts'
import type {Uri} from '../model/files.ts'
import {neverEntered} from './scan.ts'

/** Folders watched at most. What is beyond is not noticed until it is asked for. */
const most = 2000

/** Watches folders ourselves, for clients that do not. Each folder by itself: watching below a large folder would walk all of it. */
export class FolderWatch {
  readonly #changed: (uri: Uri, kind: 'changed' | 'deleted') => void
  readonly #watchers = new Map<Uri, FSWatcher>()
  readonly #pending = new Set<Uri>()

  /** `changed` gets what came or changed, and what is gone; several events of one saving come as one. */
  constructor(changed: (uri: Uri, kind: 'changed' | 'deleted') => void) {
    this.#changed = changed
  }

  /** Watches these folders beside those that are watched already. */
  watch(folders: Iterable<Uri>): void {
    for (const folder of folders) {
      if (this.#watchers.has(folder) || this.#watchers.size >= most) continue
      try {
        const watcher = watch(filePath(folder), {persistent: false}, (_event, name) => this.#happened(folder, name))
        watcher.on('error', () => this.#leave(folder))
        this.#watchers.set(folder, watcher)
      } catch {
        // It is gone, or the system watches no more folders; either way there is nothing to hear.
      }
    }
  }

  /** Watches folders with everything below them. */
  watchBelow(folders: readonly Uri[]): void {
    this.watch(folders)
    for (const folder of folders) void this.#enter(folder)
  }

  dispose(): void {
    for (const watcher of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }

  #leave(folder: Uri): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
  }

  async #enter(folder: Uri): Promise<void> {
    const entries = await readdir(filePath(folder), {withFileTypes: true}).catch(() => [])
    const below = entries.filter(entry => entry.isDirectory() && !neverEntered.has(entry.name)).map(entry => fileUri(join(filePath(folder), entry.name)))
    this.watch(below)
    for (const one of below) if (this.#watchers.has(one)) await this.#enter(one)
  }

  /** One saving makes several events; they are told as one, in the next turn. */
  #happened(folder: Uri, name: string | null): void {
    const uri = name === null ? folder : fileUri(join(filePath(folder), name))
    if (this.#pending.size === 0) setImmediate(() => this.#tell())
    this.#pending.add(uri)
  }

  #tell(): void {
    const uris = [...this.#pending]
    this.#pending.clear()
    for (const uri of uris) void this.#look(uri)
  }

  async #look(uri: Uri): Promise<void> {
    const stats = await stat(filePath(uri)).catch(() => undefined)
    // A folder that came is watched from now on.
    if (stats?.isDirectory() && !this.#watchers.has(uri)) await this.#enterNew(uri)
    this.#changed(uri, stats ? 'changed' : 'deleted')
  }

  async #enterNew(uri: Uri): Promise<void> {
    const entries = await readdir(filePath(uri), {withFileTypes: true}).catch(() => undefined)
    if (!entries || neverEntered.has(uri.slice(uri.lastIndexOf('/') + 1))) return
    this.watch([uri])
    // What was written into it before it was watched made no event.
    for (const entry of entries) {
      const below = fileUri(join(filePath(uri), entry.name))
      if (entry.isDirectory()) await this.#enterNew(below)
      else this.#changed(below, 'changed')
    }
  }
}
