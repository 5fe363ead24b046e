import {mkdir, mkdtemp, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileUri} from '../../server/document/uri.ts'

/** A folder on the disk for one test, gone with it. */
export class Folder {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  /** `files` maps paths below the folder to their texts. */
  static async with(files: Readonly<Record<string, string>> = {}): Promise<Folder> {
    const folder = new Folder(await realpath(await mkdtemp(join(tmpdir(), 'progression-'))))
    for (const [path, text] of Object.entries(files)) await folder.write(path, text)
    return folder
  }

  uri(path = ''): string {
    return fileUri(join(this.path, path))
  }

  async write(path: string, text: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(this.path, path)), {recursive: true})
    await writeFile(join(this.path, path), text)
  }

  async remove(path: string): Promise<void> {
    await rm(join(this.path, path), {recursive: true})
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, {recursive: true, force: true})
  }
}
