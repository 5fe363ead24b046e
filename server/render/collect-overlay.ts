import {type Collection, joinPath} from './collection.ts'
import {isRemote, kustomizationNames, type References, readKustomization, readPlugin} from './kustomization.ts'

/** Why an overlay cannot be rendered without a network or another program, in words for its author. */
export type Obstacle = {readonly why: string}

/** Reads an overlay and, as far as its text tells, everything below it. Answers with the first thing that lies out of reach. */
export async function collectOverlay(folder: string, collection: Collection): Promise<Obstacle | undefined> {
  return new OverlayWalk(collection).folder(folder, true)
}

class OverlayWalk {
  readonly #collection: Collection
  readonly #visited = new Set<string>()

  constructor(collection: Collection) {
    this.#collection = collection
  }

  async folder(folder: string, isOverlay = false): Promise<Obstacle | undefined> {
    if (this.#visited.has(folder) || this.#collection.excess !== undefined) return undefined
    this.#visited.add(folder)
    const names = kustomizationNames.map(name => joinPath(folder, name) ?? name)
    const texts = await Promise.all(names.map(name => this.#collection.read(name)))
    const obstacles = texts.map((bytes, index) => {
      const name = names[index]
      if (bytes === undefined || name === undefined) return undefined
      return this.#references(name, folder, readKustomization(new TextDecoder().decode(bytes)))
    })
    // Kustomize says of a folder without a kustomization that it has none, so the folder itself must be there.
    if (isOverlay || texts.every(bytes => bytes === undefined)) await this.#collection.list(folder)
    return firstOf(obstacles)
  }

  async #references(kustomization: string, folder: string, references: References): Promise<Obstacle | undefined> {
    if (references.chart !== undefined) {
      return {why: `${kustomization} uses ${references.chart}. Kustomize runs helm for that, which is not done here; point to the chart itself instead.`}
    }
    return firstOf([
      ...references.bases.map(path => this.#base(kustomization, folder, path)),
      ...references.plugins.map(path => this.#plugin(kustomization, folder, path)),
      ...references.files.map(path => this.#file(kustomization, folder, path)),
    ])
  }

  /** A file, else a folder with a kustomization of its own, in the order Kustomize tries them. */
  async #base(kustomization: string, folder: string, path: string): Promise<Obstacle | undefined> {
    const target = this.#local(kustomization, folder, path)
    if (typeof target !== 'string') return target
    if ((await this.#collection.read(target)) !== undefined || /\.(ya?ml|json)$/i.test(target)) return undefined
    return this.folder(target)
  }

  async #plugin(kustomization: string, folder: string, path: string): Promise<Obstacle | undefined> {
    const target = this.#local(kustomization, folder, path)
    if (typeof target !== 'string') return target
    const bytes = await this.#collection.read(target)
    if (bytes === undefined) return /\.(ya?ml|json)$/i.test(target) ? undefined : this.folder(target)
    return firstOf(readPlugin(new TextDecoder().decode(bytes)).map(named => this.#file(kustomization, folder, named, true)))
  }

  async #file(kustomization: string, folder: string, path: string, quietly = false): Promise<Obstacle | undefined> {
    const target = this.#local(kustomization, folder, path)
    if (typeof target !== 'string') return quietly ? undefined : target
    await this.#collection.read(target)
    return undefined
  }

  /** The path below the root; nothing for an absolute one, which Kustomize refuses by itself. */
  #local(kustomization: string, folder: string, path: string): string | Obstacle | undefined {
    if (isRemote(path)) {
      return {
        why: `${kustomization} names ${path}, which Kustomize loads over the network. Nothing is fetched here; keep a copy beside it to see what it renders to.`,
      }
    }
    const target = joinPath(folder, path)
    if (target === undefined && !path.startsWith('/')) {
      return {why: `${kustomization} names ${path}, which lies outside of the folder that may be read.`}
    }
    return target
  }
}

/** The first obstacle by the order of the text, when all are known. */
async function firstOf(obstacles: readonly (Promise<Obstacle | undefined> | undefined)[]): Promise<Obstacle | undefined> {
  return (await Promise.all(obstacles)).find(obstacle => obstacle !== undefined)
}
