import {filePath, relativePath} from '../document/uri.ts'
import type {Entry, Files, Uri} from '../model/files.ts'
import {git} from './git.ts'

/**
 * The tree of one commit under the URIs of its work tree, so that an overlay renders from the commit exactly as it does from
 * disk. A symbolic link in the tree is not followed. Throws where Git itself fails, with Git's words.
 */
export class CommitFiles implements Files {
  readonly #tree: Uri
  readonly #commit: string
  #names: Promise<ReadonlyMap<string, string>> | undefined

  constructor(tree: Uri, commit: string) {
    this.#tree = tree
    this.#commit = commit
  }

  async read(uri: Uri, signal: AbortSignal = new AbortController().signal): Promise<Uint8Array | undefined> {
    const object = (await this.#objects(signal)).get(relativePath(this.#tree, uri))
    if (!object) return undefined
    const result = await git(filePath(this.#tree), ['cat-file', 'blob', object], signal)
    if (!result.ok) throw new Error(result.message)
    return result.stdout
  }

  async list(uri: Uri, signal: AbortSignal = new AbortController().signal): Promise<readonly Entry[] | undefined> {
    const folder = relativePath(this.#tree, uri)
    const prefix = folder === '' ? '' : `${folder}/`
    const found = new Map<string, Entry['kind']>()
    for (const name of (await this.#objects(signal)).keys()) {
      if (!name.startsWith(prefix)) continue
      const [first, ...rest] = name.slice(prefix.length).split('/')
      if (first) found.set(first, rest.length > 0 ? 'folder' : 'file')
    }
    if (found.size === 0) return undefined
    return [...found].map(([name, kind]) => ({name, kind})).sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Path → object of every plain file in the commit; one call of Git, kept. */
  #objects(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    this.#names ??= this.#read(signal).catch(error => {
      this.#names = undefined
      throw error
    })
    return this.#names
  }

  async #read(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const result = await git(filePath(this.#tree), ['ls-tree', '-r', '-z', '--full-tree', this.#commit], signal)
    if (!result.ok) throw new Error(result.message)
    const names = new Map<string, string>()
    for (const line of result.stdout.toString().split('\0')) {
      const [, mode, object, path] = /^(\d+) blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? []
      if (mode && mode !== '120000' && object && path) names.set(path, object)
    }
    return names
  }
}
