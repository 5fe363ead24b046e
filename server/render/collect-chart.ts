import {parse} from 'yaml'
import {type Collection, joinPath} from './collection.ts'
import {type Ignore, readHelmIgnore} from './helm-ignore.ts'

/** What a chart lacks to be rendered at all, at the file that says so. */
export type ChartProblem = {readonly message: string; readonly path: string; readonly line?: number}

/** Local charts that stand elsewhere, by the path they would have after `helm dependency build`: from path to path. */
export type Moved = ReadonlyMap<string, string>

/**
 * Reads a chart folder as Helm does, and the local charts (`repository: file://…`) that its dependencies name but its charts
 * folder does not hold yet.
 */
export async function collectChart(folder: string, collection: Collection): Promise<{readonly moved: Moved} | ChartProblem> {
  const walk = new ChartWalk(collection)
  const problem = await walk.chart(folder, folder, 0)
  return problem ?? {moved: walk.moved}
}

class ChartWalk {
  readonly moved = new Map<string, string>()
  readonly #collection: Collection

  constructor(collection: Collection) {
    this.#collection = collection
  }

  /** `place` is where Helm would find what stands in `folder`. */
  async chart(folder: string, place: string, depth: number): Promise<ChartProblem | undefined> {
    const [definition, rules] = await Promise.all([this.#collection.read(inside(folder, 'Chart.yaml')), this.#collection.read(inside(folder, '.helmignore'))])
    const read = readHelmIgnore(rules === undefined ? '' : new TextDecoder().decode(rules))
    if (!('ignore' in read)) return {message: read.message, path: inside(folder, '.helmignore'), line: read.line}
    const files = await this.#files(folder, '', read.ignore)
    if (folder !== place) for (const path of files) this.moved.set(path, place + path.slice(folder.length))
    if (definition === undefined || depth > 8) return undefined
    for (const {name, repository} of localDependencies(new TextDecoder().decode(definition))) {
      const target = joinPath(folder, repository)
      const held = files.some(path => path.startsWith(inside(folder, `charts/${name}/`)) || path.startsWith(inside(folder, `charts/${name}-`)))
      if (held || target === undefined) continue
      const problem = await this.chart(target, inside(place, `charts/${name}`), depth + 1)
      if (problem !== undefined) return problem
    }
    return undefined
  }

  async #files(chart: string, below: string, ignore: Ignore): Promise<string[]> {
    if (this.#collection.excess !== undefined) return []
    const entries = (await this.#collection.list(inside(chart, below))) ?? []
    const found = await Promise.all(
      entries.map(async entry => {
        const path = inside(below, entry.name)
        if (ignore(path, entry.kind)) return []
        if (entry.kind === 'folder') return this.#files(chart, path, ignore)
        await this.#collection.read(inside(chart, path))
        return [inside(chart, path)]
      }),
    )
    return found.flat()
  }
}

const inside = (folder: string, name: string): string => (folder === '' || name === '' ? folder + name : `${folder}/${name}`)

/** Dependencies that stand beside the chart. An older chart keeps them in requirements.yaml, which `helm` must build itself. */
function localDependencies(text: string): readonly {readonly name: string; readonly repository: string}[] {
  let chart: {dependencies?: unknown} | null
  try {
    chart = parse(text, {logLevel: 'silent', strict: false, uniqueKeys: false})
  } catch {
    return [] // Helm says so itself
  }
  if (!Array.isArray(chart?.dependencies)) return []
  return chart.dependencies.flatMap(({name, repository} = {}) =>
    typeof name === 'string' && typeof repository === 'string' && repository.startsWith('file://')
      ? [{name, repository: repository.slice('file://'.length)}]
      : [],
  )
}
