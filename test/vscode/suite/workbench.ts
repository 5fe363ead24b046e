import assert from 'node:assert/strict'
import {commands, type Extension, extensions, Range, type TextDocument, Uri, ViewColumn, WorkspaceEdit, window, workspace} from 'vscode'
import type {Api} from '../../../client/extension.ts'
import {eventually, ui} from './harness.ts'

const id = 'environment-progression.environment-progression'

export function extension(): Extension<Api> {
  const found = extensions.getExtension<Api>(id)
  assert.ok(found, `${id} is not installed`)
  return found
}

/** A file of the workspace that is open. */
export function file(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? []
  assert.ok(folder, 'no folder is open')
  return Uri.joinPath(folder.uri, path)
}

export async function openFile(path: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(file(path))
  // The first column, so that a flowchart beside it stays in sight.
  await window.showTextDocument(document, {preview: false, viewColumn: ViewColumn.One})
  return document
}

/** Replaces the first occurrence in an open document, without saving. */
export async function replaceText(document: TextDocument, before: string, after: string): Promise<void> {
  const start = document.getText().indexOf(before)
  assert.notEqual(start, -1, `${document.fileName} does not hold ${before}`)
  const edit = new WorkspaceEdit()
  edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(start + before.length)), after)
  assert.ok(await workspace.applyEdit(edit))
}

/** A command as a person gives it: by its title in the palette. */
export async function runFromPalette(title: string): Promise<void> {
  await commands.executeCommand('workbench.action.quickOpen', `>${title}`)
  await ui.waitFor({selector: '.quick-input-widget .monaco-list-row.focused', text: title})
  await ui.press('Enter')
}

/** Picks an entry of the list that is open. */
export async function pick(label: string): Promise<void> {
  await ui.click({selector: '.quick-input-widget .monaco-list-row', text: label})
}

export async function openSidebar(): Promise<void> {
  await commands.executeCommand('progression.environments.focus')
}

const row = '.pane-body .monaco-list-row'

/** Waits until a row of the tree holds all the texts. */
export async function waitForRow(...texts: readonly string[]): Promise<string> {
  return await eventually(`a row with ${texts.join(' and ')}`, async () => {
    const rows = await ui.texts({selector: row})
    return rows.find(text => texts.every(part => text.includes(part)))
  })
}

export const dialog = '.monaco-dialog-box'
export const notification = '.notifications-toasts .notification-list-item-message'
