import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {filePath, fileUri} from '../document/uri.ts'
import type {Uri} from '../model/files.ts'

/** Folders nobody writes configuration in, and that are large. */
export const neverEntered: ReadonlySet<string> = new Set(['.git', 'node_modules'])

export type ScanRequest = {
  readonly folder: Uri
  /** Whether a file of that name is looked for. */
  accepts(name: string): boolean
  /** Whether a path below the folder, with `/`, is left out. */
  excludes(path: string): boolean
  /** Folders entered at most; a home folder opened by mistake must not be walked for minutes. */
  readonly most?: number
}

export type Scanned = {
  readonly files: readonly Uri[]
  /** Every folder that was looked into. */
  readonly folders: readonly Uri[]
  /** True where folders were left because there were too many. */
  readonly cut: boolean
}

/** Looks for files by name, nearest to the top first. Links to folders are not followed: they may lead in circles. */
export async function scan({folder, accepts, excludes, most = 20_000}: ScanRequest, signal?: AbortSignal): Promise<Scanned> {
  const files: Uri[] = []
  const folders: Uri[] = []
  let level: readonly string[] = ['']
  const root = filePath(folder)
  while (level.length > 0 && folders.length < most) {
    const next: string[] = []
    // A few at a time: enough to keep the disk busy, few enough to stay within open files.
    for (let index = 0; index < level.length && folders.length < most; index += 32) {
      const some = level.slice(index, index + Math.min(32, most - folders.length))
      const read = await Promise.all(some.map(path => readdir(join(root, path), {withFileTypes: true}).catch(() => [])))
      signal?.throwIfAborted()
      for (const [position, path] of some.entries()) {
        folders.push(fileUri(join(root, path)))
        for (const entry of read[position] ?? []) {
          const below = path === '' ? entry.name : `${path}/${entry.name}`
          if (neverEntered.has(entry.name) || excludes(below)) continue
          if (entry.isDirectory()) next.push(below)
          else if (accepts(entry.name)) files.push(fileUri(join(root, below)))
        }
      }
    }
    level = next
  }
  return {files: files.sort(), folders, cut: level.length > 0}
}
