import {createHash} from 'node:crypto'
import {cp, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {run} from '../run.ts'

/** Settings of the person at the machine must not reach the demo: a signing key that asks, a hook, another first branch. */
const gitSettings = ['user.name=Shop', 'user.email=shop@example.com', 'commit.gpgsign=false', 'core.hooksPath=', 'core.autocrlf=false']
const uidInExample = /\buid: [0-9a-f-]{36}/g

/** The digest an image of the shop bears in a version: nothing was ever pushed, so it is the hash of the two words. */
export const digestOf = (image: string, version: string): string => `sha256:${createHash('sha256').update(`${image} ${version}`).digest('hex')}`

/** A copy of the example in a Git repository of its own, outside this one. */
export class Workspace {
  readonly folder: string
  readonly #parent: string
  readonly #signal: AbortSignal

  private constructor(parent: string, signal: AbortSignal) {
    this.#parent = parent
    this.#signal = signal
    this.folder = join(parent, 'shop')
  }

  /** @param example the folder to copy; what is in it becomes the first commit */
  static async create(example: string, signal: AbortSignal): Promise<Workspace> {
    const workspace = new Workspace(await mkdtemp(join(tmpdir(), 'progression-demo-')), signal)
    await cp(example, workspace.folder, {recursive: true})
    await workspace.#git(['init', '--quiet', '--initial-branch=main'])
    await workspace.#commit('The shop, version 1.4.2')
    return workspace
  }

  /** Writes the identity of the cluster that is really there, as an author would once, and commits it. */
  async nameCluster(uid: string): Promise<void> {
    await this.#edit('progression.yaml', text => text.replace(uidInExample, `uid: ${uid}`))
    await this.#commit('Name the cluster by its identity')
  }

  /** Changes what a release changes: the digests of its images and a key of its configuration. */
  async release(from: string, to: string, message: string): Promise<void> {
    await this.#edit('deploy/base/kustomization.yaml', text => {
      const images = ['shop-api', 'shop-web'].reduce((sofar, image) => sofar.replace(digestOf(image, from), digestOf(image, to)), text)
      return images.replace(/CHECKOUT=\S+/, `CHECKOUT=v${to.split('.')[1]}`)
    })
    await this.#commit(message)
  }

  async remove(): Promise<void> {
    await rm(this.#parent, {recursive: true, force: true, maxRetries: 5})
  }

  async #edit(file: string, change: (text: string) => string): Promise<void> {
    const path = join(this.folder, file)
    const before = await readFile(path, 'utf8')
    const after = change(before)
    if (after === before) throw new Error(`${file} of the example no longer holds what the demo changes in it.`)
    await writeFile(path, after)
  }

  async #commit(message: string): Promise<void> {
    await this.#git(['add', '--all'])
    await this.#git(['commit', '--quiet', '--message', message])
  }

  async #git(parameters: readonly string[]): Promise<void> {
    const settings = gitSettings.flatMap(setting => ['-c', setting])
    const {code, output} = await run('git', [...settings, ...parameters], {folder: this.folder, signal: this.#signal})
    if (code !== 0) throw new Error(`git ${parameters[0]} ended with ${code}:\n${output}`)
  }
}
