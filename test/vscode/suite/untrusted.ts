import assert from 'node:assert/strict'
import {commands, languages, workspace} from 'vscode'
import {eventually, test, ui} from './harness.ts'
import {extension, openFile, openSidebar, replaceText, waitForRow} from './workbench.ts'

test('the language works', async () => {
  assert.equal(workspace.isTrusted, false)
  const document = await openFile('progression.yaml')
  await eventually('the extension', () => (extension().isActive ? true : undefined))
  await replaceText(document, 'rollback:', 'x-rollback:')
  await eventually('a diagnostic', () => (languages.getDiagnostics(document.uri).length > 0 ? true : undefined))
})

test('the tree is there, and no cluster was asked', async () => {
  await openSidebar()
  for (const environment of ['dev', 'staging', 'production']) await waitForRow(environment)
  const live = extension().exports.store?.progressions.map(progression => progression.live.state)
  assert.deepEqual(live, ['notAsked'])
})

test('nothing that reaches a cluster is offered', async () => {
  await commands.executeCommand('workbench.action.quickOpen', '>Progression: ')
  await ui.waitFor({selector: '.quick-input-widget .monaco-list-row', text: 'Open Flowchart'})
  const offered = await ui.texts({selector: '.quick-input-widget .monaco-list-row .label-name'})
  for (const title of ['Promote', 'Roll Back', 'Show Plan', 'Ask the Clusters'])
    assert.ok(!offered.some(text => text.includes(`Progression: ${title}`)), offered.join('\n'))
  await ui.screenshot('untrusted')
  await ui.press('Escape')
})

test('and the server refuses it even where it is asked', async () => {
  const {server, store} = extension().exports
  const [progression] = store?.progressions ?? []
  assert.ok(server && progression)
  const plan = await server.plan({uri: progression.uri, progression: progression.name, environment: 'dev', action: 'promote'})
  assert.match(plan.refusals.join('\n'), /not trusted/)
})

export {activate} from './harness.ts'
