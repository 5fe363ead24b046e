#!/usr/bin/env node
/**
 * Stands in for the program of desktop VS Code: takes its parameters, runs VS Code as a server with a browser in front of it,
 * and ends with the exit code of the extension tests.
 */
import {copyFile, mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {requireChromium} from './chromium.ts'
import {installCodeServer} from './code-server.ts'
import {ControlServer} from './control.ts'
import {variables} from './control-types.ts'
import {remotePath, startBrowser, workbenchAddress} from './page.ts'
import {startVsCode} from './server.ts'

/** How long all tests of a run may take, milliseconds. */
const patience = 12 * 60_000

/** How long it may take until the first test does something, milliseconds. */
const startPatience = 180_000

const {values, positionals} = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {extensionDevelopmentPath: {type: 'string'}, extensionTestsPath: {type: 'string'}, 'disable-workspace-trust': {type: 'boolean'}},
})
const {extensionDevelopmentPath: extension, extensionTestsPath: tests} = values
const [folder] = positionals
const output = process.env[variables.output]
if (typeof extension !== 'string' || typeof tests !== 'string' || folder === undefined || output === undefined) {
  throw new Error(`adapter.ts takes a folder, --extensionDevelopmentPath, --extensionTestsPath and the environment variable ${variables.output}`)
}
await mkdir(output, {recursive: true})

const program = await installCodeServer({onProgress: message => console.log(message)})
const browser = await requireChromium(message => console.log(message))
const [workbench, browserConsole]: [string[], string[]] = [[], []]
const {page, close} = await startBrowser(browser, line => browserConsole.push(line))
const control = new ControlServer(page, output)
const environment = {[variables.control]: await control.start()}
const packed = process.env[variables.packed]
const code = await startVsCode({
  program,
  // With its driver the workbench shows no notifications; tests of a packed extension do without it.
  driver: packed === undefined,
  trusted: values['disable-workspace-trust'] === true && process.env[variables.untrusted] === undefined,
  environment,
  extensions: packed === undefined ? [] : [packed],
  prepare: packed === undefined ? undefined : extensions => writeRunner(extensions, tests),
})

const ended = new Promise<number>((resolve, reject) => {
  control.exit.then(resolve, reject)
  page.on('crash', () => reject(new Error('The page crashed')))
  void page.exposeFunction('codeAutomationLog', (type: string, parameters: readonly unknown[]) => {
    workbench.push(`[${type}] ${parameters.map(String).join(' ')}`)
    // The workbench logs here too, mostly native modules that a browser does without; tests speak the protocol of TAP.
    if (/^(not )?ok /.test(String(parameters[0]))) console.log(...parameters)
  })
  void page.exposeFunction('codeAutomationExit', (exitCode: number) => resolve(exitCode))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => reject(new Error(`Ended by ${signal}`)))
  const start = setTimeout(() => reject(new Error(`No test began within ${startPatience / 1000} s`)), startPatience).unref()
  void control.begun.then(() => clearTimeout(start))
  setTimeout(() => reject(new Error(`The tests did not end within ${patience / 60_000} minutes`)), patience).unref()
})
try {
  const development = [
    ['extensionDevelopmentPath', remotePath(code.address, extension)],
    ['extensionTestsPath', remotePath(code.address, tests)],
  ] as const
  const payload = packed === undefined ? development : undefined
  await page.goto(workbenchAddress({...code, folder, payload}))
  process.exitCode = await ended
} finally {
  await close()
  await control.stop()
  await code.stop()
  await writeFile(join(output, 'vscode-server.log'), code.output())
  await writeFile(join(output, 'browser-console.log'), `${browserConsole.join('\n')}\n`)
  await writeFile(join(output, 'workbench.log'), `${workbench.join('\n')}\n`)
}

/** An unpacked extension whose activation is the tests. */
async function writeRunner(extensions: string, main: string): Promise<void> {
  const folder = join(extensions, 'tests.runner-1.0.0')
  await mkdir(folder)
  const manifest = {
    name: 'runner',
    publisher: 'tests',
    version: '1.0.0',
    engines: {vscode: '^1.106.0'},
    activationEvents: ['onStartupFinished'],
    main: './main.cjs',
    capabilities: {untrustedWorkspaces: {supported: true}},
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  await copyFile(main, join(folder, 'main.cjs'))
}
