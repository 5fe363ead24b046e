import assert from 'node:assert/strict'
import {commands, extensions, Uri, window, workspace} from 'vscode'
import {runAll, test, ui} from './harness.ts'

const id = 'environment-progression.environment-progression'

function folder(): Uri {
  const [first] = workspace.workspaceFolders ?? []
  assert.ok(first)
  return first.uri
}

test('the language of progression.yaml is progression, and opening one activates the extension', async () => {
  assert.equal(extensions.getExtension(id)?.isActive, false)
  const document = await workspace.openTextDocument(Uri.joinPath(folder(), 'progression.yaml'))
  await window.showTextDocument(document)
  assert.equal(document.languageId, 'progression')
  const extension = extensions.getExtension(id)
  await extension?.activate()
  assert.equal(extension?.isActive, true)
  await ui.waitFor({selector: '.view-line'})
  await ui.screenshot('editor')
})

test('every command of the manifest is registered', async () => {
  const manifest: {readonly contributes: {readonly commands: readonly {readonly command: string}[]}} | undefined = extensions.getExtension(id)?.packageJSON
  const declared = manifest?.contributes.commands ?? []
  assert.ok(declared.length > 0)
  const registered = await commands.getCommands(true)
  assert.deepEqual(
    declared.filter(({command}) => !registered.includes(command)),
    [],
  )
})

test('the sidebar opens', async () => {
  await commands.executeCommand('progression.environments.focus')
  await ui.waitFor({selector: '.pane-body .monaco-list-row', text: 'production'})
  await ui.screenshot('sidebar')
})

test('the flowchart opens', async () => {
  await commands.executeCommand('progression.openFlowchart')
  await ui.waitFor({selector: '[data-node=production]', webview: true})
  await ui.screenshot('flowchart')
})

export const run = runAll
