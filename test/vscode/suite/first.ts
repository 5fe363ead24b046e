import assert from 'node:assert/strict'
import {window} from 'vscode'
import {eventually, runAll, test, ui} from './harness.ts'
import {extension, openFile, openSidebar} from './workbench.ts'

test('a YAML file of no interest starts no server', async () => {
  await openFile('values.yaml')
  await extension().activate()
  assert.equal(extension().exports.server?.running, false)
})

test('the empty view offers to write a first progression', async () => {
  await openSidebar()
  await ui.waitFor({selector: '.welcome-view-content .monaco-button', text: 'Write Your First Progression'})
  await ui.screenshot('welcome')
})

test('which begins one with the environments to fill in', async () => {
  await ui.click({selector: '.welcome-view-content .monaco-button', text: 'Write Your First Progression'})
  const document = await eventually('progression.yaml', () => {
    const open = window.activeTextEditor?.document
    return open?.fileName.endsWith('progression.yaml') && open.getText() !== '' ? open : undefined
  })
  assert.equal(document.languageId, 'progression')
  assert.equal(document.isUntitled, true)
  for (const name of ['dev', 'staging', 'production']) assert.ok(document.getText().includes(`- name: ${name}`), document.getText())
  assert.ok(document.getText().includes('deploy/overlays/${environment}'), document.getText())
  await ui.screenshot('first-progression')
})

export const run = runAll
