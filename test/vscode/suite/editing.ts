import assert from 'node:assert/strict'
import {commands, languages, type TextDocument, window, workspace} from 'vscode'
import {eventually, runAll, test, ui} from './harness.ts'
import {extension, file, openFile, openSidebar, replaceText, waitForRow} from './workbench.ts'

const node = (id: string) => ({selector: `[data-node="${id}"]`, webview: true})

const codes = (document: TextDocument): readonly string[] =>
  languages.getDiagnostics(document.uri).map(({code}) => (typeof code === 'object' ? String(code.value) : String(code)))

test('opening a progression.yaml gives it its language and activates the extension', async () => {
  assert.equal(extension().isActive, false)
  const document = await openFile('progression.yaml')
  assert.equal(document.languageId, 'progression')
  await eventually('the extension', () => (extension().isActive ? true : undefined))
  await ui.waitFor({selector: '.view-line', text: 'apiVersion'})
})

test('every command of the manifest is registered', async () => {
  const manifest: {readonly contributes: {readonly commands: readonly {readonly command: string}[]}} = extension().packageJSON
  const registered = await commands.getCommands(true)
  assert.deepEqual(
    manifest.contributes.commands.map(({command}) => command).filter(command => !registered.includes(command)),
    [],
  )
})

test('a mistake is underlined while it is typed, and no longer when it is undone', async () => {
  const document = await openFile('progression.yaml')
  await eventually('the server', () => (extension().exports.server?.running ? true : undefined))
  assert.ok(!codes(document).includes('rollback/missing'))
  await replaceText(document, 'rollback:', 'x-rollback:')
  await eventually('rollback/missing', () => (codes(document).includes('rollback/missing') ? true : undefined))
  await ui.waitFor({selector: '.squiggly-warning, .squiggly-error'})
  await ui.screenshot('diagnostics')
  await replaceText(document, 'x-rollback:', 'rollback:')
  await eventually('no rollback/missing', () => (codes(document).includes('rollback/missing') ? undefined : true))
})

test('the tree shows three environments with their steps', async () => {
  await openSidebar()
  for (const environment of ['dev', 'staging', 'production']) await waitForRow(environment)
  await waitForRow('smoke', '3 requests')
  const labels = await ui.attributes({selector: '.pane-body .monaco-list-row'}, 'aria-label')
  assert.ok(
    labels.some(label => label.startsWith('production, production environment of shop')),
    labels.join('\n'),
  )
  await ui.screenshot('tree')
})

test('the flowchart has a node for each environment', async () => {
  await openFile('progression.yaml')
  await commands.executeCommand('progression.openFlowchart')
  for (const environment of ['dev', 'staging', 'production']) await ui.waitFor(node(environment))
  await ui.screenshot('flowchart')
})

test('a click on a node goes to its line', async () => {
  await ui.click({...node('production'), selector: `${node('production').selector} text`})
  const editor = await eventually('the line of production', () => {
    const {activeTextEditor} = window
    return activeTextEditor?.document.lineAt(activeTextEditor.selection.active).text.includes('production') ? activeTextEditor : undefined
  })
  assert.equal(editor.document.uri.toString(), file('progression.yaml').toString())
})

test('the flowchart follows what is typed, without being saved', async () => {
  const document = await openFile('progression.yaml')
  await replaceText(document, '- name: staging', '- name: rehearsal')
  await ui.waitFor(node('rehearsal'))
  await waitForRow('rehearsal')
  assert.equal(document.isDirty, true)
  await replaceText(document, '- name: rehearsal', '- name: staging')
  await ui.waitFor(node('staging'))
})

test('the flowchart keeps its place and size when it is drawn anew', async () => {
  await ui.click({selector: '#zoom-in', webview: true})
  const before = await ui.style({selector: '#drawing', webview: true}, 'transform')
  const document = await openFile('progression.yaml')
  await replaceText(document, '- name: dev', '- name: development')
  await ui.waitFor(node('development'))
  assert.equal(await ui.style({selector: '#drawing', webview: true}, 'transform'), before)
  await replaceText(document, '- name: development', '- name: dev')
  await ui.waitFor(node('dev'))
})

test('a code lens opens the flowchart and asks for the environment it stands over', async () => {
  await commands.executeCommand('workbench.action.closeEditorsInOtherGroups')
  await openFile('progression.yaml')
  await ui.click({selector: '.codelens-decoration a', text: '1 of 3'})
  await ui.waitFor(node('dev'))
})

test('the server comes back after a crash', async () => {
  const {server} = extension().exports
  const before = await server?.processId()
  assert.ok(before)
  process.kill(before, 'SIGKILL')
  await eventually('another server', async () => {
    const now = await server?.processId()
    return now !== undefined && now !== before ? now : undefined
  })
  const document = await openFile('progression.yaml')
  await replaceText(document, 'rollback:', 'x-rollback:')
  await eventually('rollback/missing', () => (codes(document).includes('rollback/missing') ? true : undefined))
  await replaceText(document, 'x-rollback:', 'rollback:')
  await waitForRow('staging')
})

test('after five crashes it stays down until somebody starts it', async () => {
  const {server} = extension().exports
  for (let crashes = 1; crashes < 5; crashes++) {
    const running = await eventually('a running server', () => server?.processId())
    process.kill(running, 'SIGKILL')
    await eventually('its end', async () => (crashes === 4 ? !server?.running : (await server?.processId()) !== running) || undefined)
  }
  assert.ok(server)
  await assert.rejects(server.graph({}), /crashed too often/)
  await commands.executeCommand('progression.restartServer')
  assert.ok(await server.processId())
})

test('Show Log shows what happened to the server', async () => {
  await commands.executeCommand('progression.showLog')
  await ui.waitFor({selector: '.part.panel .view-lines', text: 'The language server runs as process'})
  await ui.screenshot('log')
  await commands.executeCommand('workbench.action.closePanel')
})

test('the flowchart takes the colours of a high contrast theme', async () => {
  await workspace.getConfiguration('workbench').update('colorTheme', 'Default High Contrast', true)
  await ui.waitFor({selector: 'body.vscode-high-contrast', webview: true})
  await ui.waitFor(node('production'))
  await ui.screenshot('flowchart-high-contrast')
  await workspace.getConfiguration('workbench').update('colorTheme', undefined, true)
  await ui.waitFor({selector: 'body.vscode-light', webview: true})
})

export const run = runAll
