import {readdir, readFile, realpath, stat} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {filePath, isWithin} from '../document/uri.ts'
import type {Entry, Files, Uri} from '../model/files.ts'

/** Larger files are not read: whatever they are, they are no configuration. Bytes. */
export const largestFile = 64 * 1024 * 1024

/** The disk below some folders. A symbolic link that leads out of the folder it lies in leads nowhere. */
export class DiskFiles implements Files {
  readonly #roots: () => readonly Uri[]

  /** `roots` is asked at every access, because workspace folders come and go; a path below none of them does not exist. */
  constructor(roots: () => readonly Uri[]) {
    this.#roots = roots
  }

  async read(uri: Uri, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const path = await this.#inside(uri, filePath(uri))
    signal?.throwIfAborted()
    if (path === undefined) return undefined
    const stats = await stat(path).catch(() => undefined)
    // A pipe or a device would never end.
    if (!stats?.isFile() || stats.size > largestFile) return undefined
    try {
      return await readFile(path, {signal})
    } catch {
      signal?.throwIfAborted()
      return undefined
    }
  }

  async list(uri: Uri, signal?: AbortSignal): Promise<readonly Entry[] | undefined> {
    const path = await this.#inside(uri, filePath(uri))
    signal?.throwIfAborted()
    const found = path === undefined ? undefined : await readdir(path, {withFileTypes: true}).catch(() => undefined)
    if (path === undefined || found === undefined) return undefined
    const entries = await Promise.all(
      found.map(async (entry): Promise<Entry | undefined> => {
        const kind = entry.isSymbolicLink()
          ? await this.#kindBehind(uri, join(path, entry.name))
          : entry.isFile()
            ? 'file'
            : entry.isDirectory()
              ? 'folder'
              : undefined
        return kind && {name: entry.name, kind}
      }),
    )
    signal?.throwIfAborted()
    return entries.filter(entry => entry !== undefined).sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
  }

  async #kindBehind(uri: Uri, link: string): Promise<Entry['kind'] | undefined> {
    const path = await this.#inside(uri, link)
    const stats = path === undefined ? undefined : await stat(path).catch(() => undefined)
    return stats?.isFile() ? 'file' : stats?.isDirectory() ? 'folder' : undefined
  }

  /** The path with every link followed, or undefined where it does not exist or leaves the root that holds `uri`. */
  async #inside(uri: Uri, path: string): Promise<string | undefined> {
    const roots = this.#roots().filter(root => isWithin(uri, root))
    if (roots.length === 0) return undefined
    const real = await realpath(path).catch(() => undefined)
    if (real === undefined) return undefined
    for (const root of roots) {
      const folder = await realpath(filePath(root)).catch(() => undefined)
      if (folder !== undefined && isBelow(folder, real)) return real
    }
    return undefined
  }
}

const isBelow = (folder: string, path: string): boolean => {
  const way = relative(folder, path)
  return way === '' || (!/^\.\.([\\/]|$)/.test(way) && !/^([a-z]:|[\\/])/i.test(way))
}
