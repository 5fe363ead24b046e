import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {chromium, type Page} from 'playwright-core'

export type Workbench = {readonly page: Page; close(): Promise<void>}

export type WorkbenchOptions = {
  /** Path of the browser's program. */
  readonly browser: string
  /** Of the server, without token. */
  readonly address: string
  readonly token: string
  /** The folder to open. */
  readonly folder: string
  /** What desktop VS Code would get as parameters: `extensionDevelopmentPath`, `extensionTestsPath`. */
  readonly payload?: readonly (readonly [string, string])[]
  /** What the page writes to its console. */
  readonly onConsole?: (line: string) => void
}

const size = {width: 1440, height: 900}

/** A browser without a window that can run as root and reaches for nothing but the page. */
const parameters = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The address of the workbench on a folder, with the token that lets it in. */
export function workbenchAddress({address, token, folder, payload}: Pick<WorkbenchOptions, 'address' | 'token' | 'folder' | 'payload'>): string {
  const query = new URLSearchParams({folder, tkn: token})
  if (payload !== undefined) query.set('payload', JSON.stringify(payload))
  return `${address}/?${query}`
}

/** How an extension of this machine is named to a workbench that runs in the browser. */
export const remotePath = (address: string, path: string): string => `vscode-remote://${new URL(address).host}${path}`

/** Opens a browser that shows nothing yet; `open` goes to the workbench, after the caller has prepared the page. */
export async function startBrowser(browser: string, onConsole?: (line: string) => void): Promise<Workbench> {
  const profile = await mkdtemp(join(tmpdir(), 'progression-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser,
    headless: true,
    args: parameters,
    viewport: size,
    locale: 'en-US',
    // Whoever starts a browser ends it; playwright would end it alone and leave its caller waiting.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.on('console', message => onConsole?.(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => onConsole?.(`error: ${error.message}`))
  const close = async () => {
    await context.close()
    await rm(profile, {recursive: true, force: true, maxRetries: 5})
  }
  return {page, close}
}
