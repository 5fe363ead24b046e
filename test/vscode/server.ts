import {type ChildProcess, spawn} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import {once} from 'node:events'
import {rmSync} from 'node:fs'
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {atExit} from '../cluster/at-exit.ts'
import {run} from '../cluster/run.ts'

export type VsCodeOptions = {
  /** Folder of the VS Code server, as `installCodeServer` gives it. */
  readonly program: string
  /** 0 takes a free one. */
  readonly port?: number
  /** Settings of the user, by their dotted names. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Packed extensions to install first. */
  readonly extensions?: readonly string[]
  /** Puts unpacked extensions into the folder of extensions, before anything is installed. */
  readonly prepare?: (extensions: string) => Promise<void>
  /** Whether an opened folder is trusted without a question. */
  readonly trusted?: boolean
  /** Lets a page drive the workbench and take the exit code of extension tests. */
  readonly driver?: boolean
  readonly environment?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export type VsCode = {
  /** `http://127.0.0.1:port`, without the token. */
  readonly address: string
  /** Whoever knows this may edit files and open terminals here. */
  readonly token: string
  /** Everything the server wrote so far. */
  output(): string
  /** Ends the server and removes what it kept. */
  stop(): Promise<void>
}

/** What makes a quiet workbench: nothing that asks, greets or reaches for the network. */
const quiet = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // As on the desktop; in a browser VS Code saves by itself.
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  // Every port a cluster or a server opens would be announced.
  'remote.autoForwardPorts': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
}

/** How long a server may take until it listens, milliseconds. */
const patience = 120_000

/** Starts VS Code as a server on 127.0.0.1 with a profile of its own. */
export async function startVsCode(options: VsCodeOptions): Promise<VsCode> {
  const folder = await mkdtemp(join(tmpdir(), 'progression-vscode-'))
  const [data, extensions] = [join(folder, 'data'), join(folder, 'extensions')]
  await mkdir(join(data, 'data', 'User'), {recursive: true})
  await mkdir(extensions)
  await options.prepare?.(extensions)
  await writeFile(join(data, 'data', 'User', 'settings.json'), JSON.stringify({...quiet, ...options.settings}, null, 2))
  const token = randomBytes(24).toString('hex')
  const main = join(options.program, 'out', 'server-main.js')
  const folders = ['--server-data-dir', data, '--user-data-dir', join(data, 'data'), '--extensions-dir', extensions, '--accept-server-license-terms']
  for (const packed of options.extensions ?? []) await install(main, folders, packed, options.signal)
  const parameters = [main, ...folders, '--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token', token, '--telemetry-level', 'off']
  if (options.trusted) parameters.push('--disable-workspace-trust')
  if (options.driver) parameters.push('--enable-smoke-test-driver')
  const child = spawn(process.execPath, parameters, {env: {...process.env, ...options.environment}, stdio: ['ignore', 'pipe', 'pipe']})
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  // However this process ends: an editor that nobody ends would serve the workspace for ever.
  const forget = atExit(() => {
    child.kill('SIGKILL')
    rmSync(folder, {recursive: true, force: true, maxRetries: 5})
  })
  const stop = async () => {
    await end(child)
    forget()
    await rm(folder, {recursive: true, force: true, maxRetries: 5})
  }
  try {
    const port = await listening(child, () => output, options.signal)
    return {address: `http://127.0.0.1:${port}`, token, output: () => output, stop}
  } catch (error) {
    await stop()
    throw error
  }
}

async function install(main: string, folders: readonly string[], packed: string, signal?: AbortSignal): Promise<void> {
  const result = await run(process.execPath, [main, ...folders, '--install-extension', packed, '--force'], {signal})
  if (result.state === 'missing' || result.code !== 0)
    throw new Error(`VS Code does not install ${packed}: ${result.state === 'ended' ? result.output + result.errors : ''}`)
}

/** The port it says it listens on. */
async function listening(child: ChildProcess, output: () => string, signal?: AbortSignal): Promise<number> {
  const deadline = AbortSignal.any([AbortSignal.timeout(patience), ...(signal === undefined ? [] : [signal])])
  for (;;) {
    const port = /Extension host agent listening on (\d+)/.exec(output())?.[1]
    if (port !== undefined) return Number(port)
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`VS Code ended with ${child.exitCode ?? child.signalCode}:\n${output()}`)
    if (child.stdout === null) throw new Error('VS Code has no output to read')
    try {
      await Promise.race([once(child.stdout, 'data', {signal: deadline}), once(child, 'exit', {signal: deadline})])
    } catch (error) {
      throw new Error(`VS Code did not listen within ${patience / 1000} s:\n${output()}`, {cause: error})
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(hard)
}
