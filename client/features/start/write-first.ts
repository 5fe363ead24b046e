import {commands, FileSystemError, Uri, window, workspace} from 'vscode'
import type {Command} from '../../infrastructure/commands.ts'

/** Begins a progression.yaml with the snippet of the language; it is saved by the person, not by us. Opens the one that is there. */
export class WriteFirstCommand implements Command {
  readonly id = 'progression.writeFirst'

  async run(): Promise<void> {
    const folders = workspace.workspaceFolders ?? []
    const folder = folders.length > 1 ? await window.showWorkspaceFolderPick({placeHolder: 'The folder to put progression.yaml into'}) : folders[0]
    if (folder === undefined) return
    const uri = Uri.joinPath(folder.uri, 'progression.yaml')
    if (await exists(uri)) {
      await window.showTextDocument(uri)
      return
    }
    const document = await workspace.openTextDocument(uri.with({scheme: 'untitled'}))
    await window.showTextDocument(document)
    if (document.getText() === '') await commands.executeCommand('editor.action.insertSnippet', {langId: 'progression', name: 'A whole progression'})
  }
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri)
    return true
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return false
    throw error
  }
}
