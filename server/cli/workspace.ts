import {stat} from 'node:fs/promises'
import {resolve} from 'node:path'
import {Analysis, type Settings, usualSettings} from '../analysis.ts'
import {Document, largestDocument} from '../document/document.ts'
import {fileUri, folderOf} from '../document/uri.ts'
import type {Renderer} from '../model/manifests.ts'
import {type Level, levels} from '../model/progression.ts'
import {isCode} from '../rules/index.ts'
import type {GrammarFiles} from '../scripts/shell/grammar.ts'
import {DiskFiles} from '../workspace/disk-files.ts'
import {globs} from '../workspace/glob.ts'
import {scan} from '../workspace/scan.ts'
import {workTree} from '../workspace/work-tree.ts'
import {type Invocation, textsOf, UsageError} from './command.ts'

const progressionFile = /^(.+\.)?progression\.ya?ml$/

/** The files of the command line's paths: files as they are, folders searched for progressions. A path that is not there is a usage error. */
export async function progressionFiles(folder: string, paths: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const path of paths.length > 0 ? paths : ['.']) {
    if (/[*?{]/.test(path) && !(await stat(resolve(folder, path)).catch(() => undefined))) {
      const matches = globs([path])
      const {files} = await scan({folder: fileUri(folder), accepts: name => /\.ya?ml$/.test(name), excludes: () => false}, signal)
      const root = `${fileUri(folder)}/`
      for (const file of files) if (matches(decodeURIComponent(file.slice(root.length)))) found.add(file)
      continue
    }
    const stats = await stat(resolve(folder, path)).catch(() => undefined)
    if (!stats) throw new UsageError(`There is no file or folder ${path}.`)
    if (stats.isFile()) found.add(fileUri(resolve(folder, path)))
    else
      for (const file of (await scan({folder: fileUri(resolve(folder, path)), accepts: name => progressionFile.test(name), excludes: () => false}, signal))
        .files)
        found.add(file)
  }
  return [...found].sort()
}

/** Levels from `--rules code=level,…`. */
export function ruleLevels(values: Invocation['values']): ReadonlyMap<string, Level> {
  const chosen = new Map<string, Level>()
  for (const item of textsOf(values, 'rules').flatMap(one => one.split(','))) {
    const [code = '', word = ''] = item.split('=').map(part => part.trim())
    const level = levels.find(one => one === word)
    if (!isCode(code)) throw new UsageError(`--rules ${item}: there is no rule ${code || 'without a name'}.`)
    if (!level) throw new UsageError(`--rules ${item}: a level is one of ${levels.join(', ')}.`)
    chosen.set(code, level)
  }
  return chosen
}

export type Opened = {readonly analysis: Analysis; open(uri: string): Promise<Document>}

/** An analysis over the disk. Files are read inside the Git work trees, or else the folders, of the documents. */
export function openWorkspace(options: {
  levels?: ReadonlyMap<string, Level>
  renderer?: Renderer
  /** Left out: scripts stay unknown. */
  grammar?: GrammarFiles
  log: (message: string) => void
  signal: AbortSignal
}): Opened {
  const roots = new Set<string>()
  const files = new DiskFiles(() => [...roots])
  const settings: Settings = {...usualSettings, levels: options.levels ?? new Map(), rendering: options.renderer !== undefined}
  const rootOf = async (document: string) => {
    const root = (await workTree(folderOf(document))) ?? folderOf(document)
    roots.add(root)
    return root
  }
  const analysis = new Analysis({files, renderer: options.renderer, grammar: options.grammar, rootOf, log: options.log, settings: () => settings})
  return {
    analysis,
    async open(uri) {
      await rootOf(uri)
      const bytes = await files.read(uri, options.signal)
      if (!bytes) throw new UsageError(`${uri} cannot be read.`)
      const document = new Document(uri, 1, new TextDecoder().decode(bytes.subarray(0, largestDocument * 4)))
      await analysis.prepare(document, options.signal)
      return document
    },
  }
}
