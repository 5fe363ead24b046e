import {stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {filePath, fileUri} from '../document/uri.ts'
import type {Uri} from '../model/files.ts'

/** The Git work tree around a folder, the folder itself where it is one, or undefined where there is none. Paths of a progression may reach up to it. */
export async function workTree(folder: Uri): Promise<Uri | undefined> {
  if (!folder.startsWith('file:')) return undefined
  for (let path = filePath(folder); ; path = dirname(path)) {
    // A file in linked work trees and submodules, else a folder.
    if (await stat(join(path, '.git')).catch(() => undefined)) return fileUri(path)
    if (dirname(path) === path) return undefined
  }
}
