import {createHash} from 'node:crypto'
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes} from 'node:fs/promises'
import {join} from 'node:path'
import {cacheFolder} from '../../scripts/cache.ts'
import {CompileProgress, type Package, type Progress} from './compile-progress.ts'
import {isAlive, withLock} from './lock.ts'
import {requireGo} from './prerequisites.ts'
import {run} from './run.ts'

/** What Kubernetes says of itself; the version in go.mod's k8s.io/kubernetes. */
export const kubernetesVersion = 'v1.37.2'

const source = join(import.meta.dirname, 'control-plane')
const programs = ['control-plane', 'kwok', 'certificates']
const version = 'k8s.io/component-base/version'
const [major, minor] = kubernetesVersion.slice(1).split('.')

/**
 * Neither inlining nor debugging information: a third less to compile, and the cluster starts no slower to the eye.
 * Without the version a server would report v0.0.0, and clients would take it for one.
 */
const flags = [
  '-trimpath',
  '-buildvcs=false',
  '-gcflags=all=-l -dwarf=false',
  `-ldflags=-s -w -X ${version}.gitVersion=${kubernetesVersion} -X ${version}.gitMajor=${major} -X ${version}.gitMinor=${minor}`,
]
/** Without cgo no C compiler is needed. */
const environment = {CGO_ENABLED: '0', GOWORK: 'off'}

export type BuildOptions = {readonly progress?: Progress; readonly signal?: AbortSignal}

/**
 * The folder with the compiled programs of the local cluster: `control-plane` (etcd, kube-apiserver,
 * kube-controller-manager, kube-scheduler and kubectl, chosen by its first parameter), `kwok` and `certificates`.
 * Compiles them where they are not in the cache: minutes the first time, seconds where Go has most of it.
 * A build that dies leaves nothing that looks finished, and a second builder waits for the first.
 * @throws MissingPrerequisite without a Go that can compile them
 */
export async function buildControlPlane(options: BuildOptions = {}): Promise<{folder: string}> {
  const cache = cacheFolder('control-plane')
  const folder = join(cache, await fingerprint())
  if (!isComplete(folder)) {
    await requireGo(source, options.signal)
    const lock = `${folder}.building`
    const shared = join(lock, 'progress.json')
    const progress: Progress = (done, total, what) => {
      options.progress?.(done, total, what)
      // For whoever waits; a lock that was taken over may be gone.
      if (existsSync(lock)) writeFileSync(shared, JSON.stringify([done, total, what]))
    }
    const report = (pid: number) => options.progress?.(...reported(shared, pid))
    await withLock(lock, () => (isComplete(folder) ? Promise.resolve() : compile(cache, folder, progress, options.signal)), report, options.signal)
    await forgetOld(cache, folder)
  }
  await utimes(folder, new Date(), new Date())
  return {folder}
}

/** The path of one of the programs in the folder of `buildControlPlane`. */
export function programIn(folder: string, name: 'control-plane' | 'kwok' | 'certificates'): string {
  return join(folder, process.platform === 'win32' ? `${name}.exe` : name)
}

function isComplete(folder: string): boolean {
  return existsSync(folder)
}

/** Changes with everything that changes the programs: sources, versions, flags and the kind of machine. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([flags, environment, process.platform, process.arch]))
  const files = (await readdir(source, {recursive: true})).map(file => file.replaceAll('\\', '/')).filter(file => /\.go$|^go\.(mod|sum)$/.test(file))
  for (const file of files.sort()) hash.update(`${file}\n`).update(await readFile(join(source, file)))
  return hash.digest('hex').slice(0, 16)
}

async function compile(cache: string, folder: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  const compiling = new CompileProgress(progress, readFileSync(join(source, 'go.sum'), 'utf8'))
  const list = ['list', '-deps', ...flags, '-f', '{{.Stale}}\t{{.ImportPath}}\t{{.Dir}}\t{{join .GoFiles ","}}', './...']
  const listed = await go(list, line => compiling.downloading(line), signal)
  await compiling.expect(listed.split('\n').filter(Boolean).map(parsePackage))
  const building = await mkdtemp(`${folder}.${process.pid}-`)
  try {
    const output = join(building, 'programs')
    await mkdir(output)
    await go(['build', '-v', ...flags, '-o', output, './...'], line => compiling.compiling(line), signal)
    for (const program of programs) await stat(programIn(output, program as 'kwok'))
    // The winner of two builders that both took over a lock has made the same programs.
    await rename(output, folder).catch(error => {
      if (!isComplete(folder)) throw error
    })
    compiling.finish()
  } finally {
    await rm(building, {recursive: true, force: true})
  }
  await removeLeftovers(cache)
}

async function go(parameters: readonly string[], onError: (line: string) => void, signal?: AbortSignal): Promise<string> {
  const result = await run('go', parameters, {folder: source, environment, nice: true, onError, signal})
  if (result.state === 'missing') throw new Error('go disappeared while it was in use.')
  if (result.code === 0) return result.output
  // Lines that only name a package are progress.
  const why = result.errors.split('\n').filter(line => /[\s:]/.test(line) && !line.startsWith('go: downloading '))
  throw new Error(`go ${parameters[0]} of the local cluster ended with code ${result.code}:\n${why.slice(-20).join('\n')}`)
}

function parsePackage(line: string): Package {
  const [stale, path = '', folder = '', files = ''] = line.split('\t')
  return {path, stale: stale === 'true', files: files === '' ? [] : files.split(',').map(file => join(folder, file))}
}

/** What builders that were killed left behind: folders named by a process that is gone. */
async function removeLeftovers(cache: string): Promise<void> {
  for (const entry of await readdir(cache)) {
    const pid = /\.(\d+)-\w+$/.exec(entry)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(cache, entry), {recursive: true, force: true})
  }
}

/** Removes programs of other versions that nobody used for two weeks: each takes a quarter of a gigabyte. */
async function forgetOld(cache: string, current: string): Promise<void> {
  const limit = Date.now() - 14 * 24 * 3600 * 1000
  for (const entry of await readdir(cache)) {
    const path = join(cache, entry)
    if (path !== current && (await stat(path)).mtimeMs < limit) await rm(path, {recursive: true, force: true})
  }
}

function reported(file: string, pid: number): [number, number, string] {
  try {
    const [done, total, what] = JSON.parse(readFileSync(file, 'utf8')) as [number, number, string]
    return [done, total, `${what} (process ${pid})`]
  } catch {
    return [0, 1, `Waiting for process ${pid}, which compiles the local cluster`]
  }
}
