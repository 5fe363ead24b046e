import {spawn} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {mkdtemp, readdir, readFile, rename, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {cacheFolder} from './cache.ts'

/** The engine was not built; the message says what to do about it. */
export class EngineBuildError extends Error {
  override readonly name = 'EngineBuildError'
}

export type EngineBuildOptions = {
  /** Is told what happens, in a few words. */
  readonly progress?: (text: string) => void
  readonly signal?: AbortSignal
}

const sources = fileURLToPath(new URL('../server/render/engine/', import.meta.url))
/** Linked in, because charts can ask for the version of Helm. */
const helm = /helm\.sh\/helm\/v4 (v[\d.]+)/

/**
 * The path of the render engine as WebAssembly, built from server/render/engine with Go when the cache holds none of these
 * sources: about 60 s of two processors and 41 MB. Throws an {@link EngineBuildError} where Go is missing or the build fails.
 */
export async function buildRenderEngine({progress, signal}: EngineBuildOptions = {}): Promise<string> {
  const folder = cacheFolder('render-engine')
  const target = join(folder, `${await hashOfSources()}.wasm`)
  if (existsSync(target)) return target
  progress?.('Compiling Kustomize and Helm to WebAssembly')
  // A folder of its own, renamed at the end: another build at the same time does no harm, and half a file is never found.
  const work = await mkdtemp(join(folder, 'build-'))
  try {
    const built = join(work, 'engine.wasm')
    const version = helm.exec(await readFile(join(sources, 'go.mod'), 'utf8'))?.[1] ?? ''
    const flags = `-s -w -X helm.sh/helm/v4/internal/version.version=${version}`
    await go(['build', '-buildmode=c-shared', '-trimpath', '-buildvcs=false', '-ldflags', flags, '-o', built, '.'], progress, signal)
    await rename(built, target)
  } finally {
    await rm(work, {recursive: true, force: true})
  }
  return target
}

async function hashOfSources(): Promise<string> {
  const entries = await readdir(sources, {recursive: true, withFileTypes: true})
  const paths = entries.filter(entry => entry.isFile() && /\.(go|mod|sum)$/.test(entry.name)).map(entry => join(entry.parentPath, entry.name))
  const hash = createHash('sha256').update(await readFile(fileURLToPath(import.meta.url)))
  for (const path of paths.sort())
    hash
      .update(path.slice(sources.length))
      .update('\0')
      .update(await readFile(path))
  return hash.digest('hex').slice(0, 16)
}

function go(args: readonly string[], progress: EngineBuildOptions['progress'], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const environment = {...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOWORK: 'off'}
    const child = spawn('go', args, {cwd: sources, env: environment, stdio: ['ignore', 'ignore', 'pipe'], signal})
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-4000)
      const module = /downloading (\S+ \S+)/.exec(text)?.[1]
      if (module !== undefined) progress?.(`Downloading ${module}`)
    })
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT')
        reject(new EngineBuildError('Go is not installed, so the render engine cannot be built. Install Go 1.26 or newer (https://go.dev/dl) and try again.'))
      else reject(signal?.aborted === true ? signal.reason : error)
    })
    child.on('close', code =>
      code === 0 ? resolve() : reject(new EngineBuildError(`Go could not build the render engine (exit code ${code}):\n${errors.trim()}`)),
    )
  })
}
