import {join} from 'node:path'
import {type Editor, openEditor} from '../../test/vscode/editor.ts'
import {run} from '../run.ts'

export type ServeOptions = {
  readonly root: string
  /** The workspace to open. */
  readonly folder: string
  /** For the extension, such as KUBECONFIG. */
  readonly environment: Readonly<Record<string, string>>
  readonly say: (detail: string, fraction?: number) => void
  readonly signal: AbortSignal
}

/** Packs the extension and serves VS Code with it in the browser, on the workspace, with its progression.yaml open. */
export async function serve({root, folder, environment, say, signal}: ServeOptions): Promise<Editor> {
  say('packing the extension')
  const {code, output} = await run(process.execPath, [join('scripts', 'package.ts')], {folder: root, signal})
  signal.throwIfAborted()
  // Prints the path of the package, then its size.
  const extension = /^(.*\.vsix)\b/m.exec(output)?.[1]
  if (code !== 0 || extension === undefined) throw new Error(`The extension could not be packed:\n${output}`)
  const editor = await openEditor({folder, extension, environment, onProgress: say, signal})
  return {...editor, address: withFile(editor.address, join(folder, 'progression.yaml'))}
}

/** The address of the workbench, told to open a file too. */
function withFile(address: string, file: string): string {
  const url = new URL(address)
  url.searchParams.set('payload', JSON.stringify([['openFile', `vscode-remote://${url.host}${file}`]]))
  return url.href
}
