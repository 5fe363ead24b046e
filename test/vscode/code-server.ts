import {existsSync} from 'node:fs'
import {copyFile, mkdir, rename, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {cacheFolder} from '../../scripts/cache.ts'
import {withLock} from '../cluster/lock.ts'
import {run} from '../cluster/run.ts'

/** code-server is used for what it contains: VS Code 1.139.1 as a server, with its web workbench, from the npm registry. */
const version = '4.139.1'

export type InstallOptions = {
  /** Told what is being done; `fraction` between 0 and 1. */
  readonly onProgress?: (message: string, fraction: number) => void
  readonly signal?: AbortSignal
}

/**
 * The folder of the VS Code server, installed into the cache where it is missing (about 600 MB, half a minute).
 * @throws Error with npm's own output when the installation fails
 */
export async function installCodeServer({onProgress, signal}: InstallOptions = {}): Promise<string> {
  const parent = cacheFolder('vscode')
  const folder = join(parent, `code-server-${version}`)
  const installed = join(folder, 'node_modules', 'code-server', 'lib', 'vscode')
  if (existsSync(folder)) return await withLogs(installed)
  const work = async () => {
    if (existsSync(folder)) return
    const unfinished = `${folder}.unfinished`
    await rm(unfinished, {recursive: true, force: true})
    await mkdir(unfinished, {recursive: true})
    await writeFile(join(unfinished, 'package.json'), '{"private": true}\n')
    onProgress?.(`installing VS Code (code-server ${version})`, 0)
    await npm(unfinished, ['install', `code-server@${version}`, '--ignore-scripts'], signal)
    onProgress?.('installing what VS Code needs', 0.5)
    await npm(join(unfinished, 'node_modules', 'code-server', 'lib', 'vscode'), ['install', '--omit=dev', '--ignore-scripts'], signal)
    // Only a finished installation bears the name, so that a broken one is made again.
    await rename(unfinished, folder)
  }
  await withLock(join(parent, 'lock'), work, pid => onProgress?.(`waiting for process ${pid}, which installs VS Code`, 0), signal)
  return await withLogs(installed)
}

/** Every time, so that a cache of an earlier version of this project gets it too. */
async function withLogs(installed: string): Promise<string> {
  await copyFile(join(import.meta.dirname, 'plain-log.cjs'), join(installed, 'node_modules', '@vscode', 'spdlog', 'index.js'))
  return installed
}

/** npm under the Node that runs us: the npm beside another Node may be too old for the packages. */
async function npm(folder: string, parameters: readonly string[], signal?: AbortSignal): Promise<void> {
  const PATH = `${dirname(process.execPath)}:${process.env.PATH ?? ''}`
  const result = await run('npm', [...parameters, '--no-audit', '--no-fund', '--loglevel=error'], {folder, environment: {PATH}, signal})
  if (result.state === 'missing') throw new Error('npm is not in the PATH; it comes with Node.')
  if (result.code !== 0) throw new Error(`npm ${parameters.join(' ')} ended with ${result.code}:\n${result.errors}${result.output}`)
}
