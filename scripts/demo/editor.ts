import {join} from 'node:path'
import {type Editor, openEditor} from '../../test/vscode/editor.ts'
import {packExtension} from './prepare.ts'

export type ServeOptions = {
  readonly root: string
  /** The workspace to open. */
  readonly folder: string
  /** For the extension, such as KUBECONFIG. */
  readonly environment: Readonly<Record<string, string>>
  readonly say: (detail: string, fraction?: number) => void
  readonly signal: AbortSignal
}

/** File, tree and flowchart side by side need the room. */
const settings = {'editor.minimap.enabled': false}

/** Packs the extension and serves VS Code with it in the browser, on the workspace, with its progression.yaml open. */
export async function serve({root, folder, environment, say, signal}: ServeOptions): Promise<Editor> {
  say('packing the extension')
  const extension = await packExtension(root, signal)
  const editor = await openEditor({folder, extension, environment, settings, onProgress: say, signal})
  return {...editor, address: withFile(editor.address, join(folder, 'progression.yaml'))}
}

/** The address of the workbench, told to open a file too. */
function withFile(address: string, file: string): string {
  const url = new URL(address)
  url.searchParams.set('payload', JSON.stringify([['openFile', `vscode-remote://${url.host}${file}`]]))
  return url.href
}
