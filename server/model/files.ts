/** A normalised `file:` URI: `vscode-uri` spelling, drive letter in lower case, no percent-encoding that is not needed. */
export type Uri = string

export type Entry = {readonly name: string; readonly kind: 'file' | 'folder'}

/**
 * Where the core reads files from: the disk, open buffers over the disk, or the tree of a Git commit under the same URIs.
 * Nothing here follows a symbolic link out of its workspace folder.
 */
export interface Files {
  /** Bytes of a file as they are now, or undefined where there is none. */
  read(uri: Uri, signal?: AbortSignal): Promise<Uint8Array | undefined>
  /** Entries of a folder in name order, or undefined where there is none. */
  list(uri: Uri, signal?: AbortSignal): Promise<readonly Entry[] | undefined>
}

/** What is known of a path without reading it again. */
export type Existence = 'file' | 'folder' | 'missing' | 'unknown'
