import {existsSync} from 'node:fs'
import {mkdir, readFile, rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {Writable} from 'node:stream'
import {fileURLToPath} from 'node:url'
import {runTests} from '@vscode/test-electron'
import {build} from 'esbuild'
import {type TestResult, variables} from './control-types.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type SuiteOptions = {
  /** Name of a file in `suite/`, without its ending. */
  readonly suite: string
  /** The workspace that is opened. */
  readonly folder: string
  /** A packed extension to test as it is installed; absent, the one under development is tested. */
  readonly packed?: string
  /** False leaves it to VS Code whom to trust, which is nobody until somebody says so. */
  readonly trusted?: boolean
  readonly environment?: Readonly<Record<string, string>>
}

export type SuiteOutcome = {
  readonly results: readonly TestResult[]
  /** What the editor and the tests printed, for the reader of a failure. */
  readonly log: string
  /** Why the run as a whole failed, where it did. */
  readonly failure?: string
}

/**
 * Runs tests inside a real VS Code with the extension of this repository: the one `VSCODE_EXECUTABLE` names, else VS Code as
 * a server with Chromium in front of it. `npm run build` must have been run. Screenshots go to `test-output/vscode`.
 */
export async function runSuite({suite, folder, packed, trusted = true, environment}: SuiteOptions): Promise<SuiteOutcome> {
  const output = join(root, 'test-output', 'vscode')
  await mkdir(output, {recursive: true})
  const tests = join(output, `${suite}.cjs`)
  await build({
    absWorkingDir: root,
    entryPoints: [`test/vscode/suite/${suite}.ts`],
    outfile: tests,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  })
  const results = join(output, `${suite}.jsonl`)
  await rm(results, {force: true})
  let log = ''
  const collect = new Writable({
    write(piece, _encoding, done) {
      log += String(piece)
      done()
    },
  })
  const failure = await runTests({
    vscodeExecutablePath: process.env.VSCODE_EXECUTABLE ?? join(root, 'test', 'vscode', 'adapter.ts'),
    extensionDevelopmentPath: root,
    extensionTestsPath: tests,
    launchArgs: [folder],
    // The adapter begins with `env node`, which has to be the one that runs TypeScript.
    extensionTestsEnv: {
      ...environment,
      ...(packed === undefined ? {} : {[variables.packed]: packed, PROGRESSION_TEST_MODE: '1'}),
      ...(trusted ? {} : {[variables.untrusted]: '1'}),
      [variables.results]: results,
      [variables.output]: output,
      PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
    },
    stdout: collect,
    stderr: collect,
  }).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  const lines = existsSync(results) ? (await readFile(results, 'utf8')).split('\n').filter(line => line !== '') : []
  return {results: lines.map(line => JSON.parse(line) as TestResult), log, failure}
}
