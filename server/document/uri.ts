import {URI, Utils} from 'vscode-uri'
import type {Uri} from '../model/files.ts'

/** One spelling for each file, so that two spellings compare equal: drive letter in lower case, percent-encoding as `vscode-uri` writes it. */
export function normalizeUri(uri: string): Uri {
  const parsed = URI.parse(uri)
  return parsed.scheme === 'file' ? URI.file(parsed.fsPath).toString() : parsed.toString()
}

export const fileUri = (path: string): Uri => URI.file(path).toString()

/** The path on this machine of a `file:` URI. */
export const filePath = (uri: Uri): string => URI.parse(uri).fsPath

export const folderOf = (uri: Uri): Uri => Utils.dirname(URI.parse(uri)).toString()

export const baseName = (uri: Uri): string => Utils.basename(URI.parse(uri))

/** A relative path, written with `/`, from a folder; `..` is followed, so check the result with {@link isWithin}. */
export const resolveUri = (folder: Uri, path: string): Uri => Utils.resolvePath(URI.parse(folder), path).toString().replace(/\/$/, '')

/** Whether a URI is the folder itself or lies below it. */
export const isWithin = (uri: Uri, folder: Uri): boolean => uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`)

/** The path from a folder to something below it, with `/`; the whole path where it is not below. */
export function relativePath(folder: Uri, uri: Uri): string {
  if (!isWithin(uri, folder)) return URI.parse(uri).path
  return URI.parse(uri).path.slice(URI.parse(folder).path.length).replace(/^\//, '')
}
