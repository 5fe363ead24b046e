import {installCodeServer} from './code-server.ts'
import {workbenchAddress} from './page.ts'
import {startVsCode} from './server.ts'

export type EditorOptions = {
  /** The workspace to open, an absolute path. */
  readonly folder: string
  /** The packed extension (.vsix) to install. */
  readonly extension: string
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** Settings of the user, by their dotted names. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Environment variables of the extension, such as KUBECONFIG. */
  readonly environment?: Readonly<Record<string, string>>
  /** Told while VS Code is being installed; `fraction` between 0 and 1. */
  readonly onProgress?: (message: string, fraction: number) => void
  readonly signal?: AbortSignal
}

export type Editor = {
  /** For a browser on this machine. Holds a token: whoever has it may edit files and open terminals here. */
  readonly address: string
  stop(): Promise<void>
}

/**
 * Serves VS Code in the browser on a workspace, with the extension installed and the workspace trusted.
 * The first call installs VS Code into the cache (half a minute); a start takes about two seconds.
 * @throws Error with VS Code's own output when it does not start or does not take the extension
 */
export async function openEditor({folder, extension, port, settings, environment, onProgress, signal}: EditorOptions): Promise<Editor> {
  const program = await installCodeServer({onProgress, signal})
  const server = await startVsCode({program, port, settings, environment, extensions: [extension], trusted: true, signal})
  return {address: workbenchAddress({...server, folder}), stop: server.stop}
}
