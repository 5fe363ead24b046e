import assert from 'node:assert/strict'
import {type CodeAction, commands, languages, type Position, Range, Selection, type TextDocument, window} from 'vscode'
import {eventually, runAll, test, ui} from './harness.ts'
import {extension, openFile, replaceText} from './workbench.ts'

/** Puts the cursor behind the first occurrence of a text, and the line in the middle of the editor. */
function cursorBehind(document: TextDocument, text: string): Position {
  const offset = document.getText().indexOf(text)
  assert.notEqual(offset, -1, `${document.fileName} does not hold ${text}`)
  const position = document.positionAt(offset + text.length)
  const editor = window.activeTextEditor
  assert.ok(editor, 'no editor is open')
  editor.selection = new Selection(position, position)
  editor.revealRange(new Range(position, position))
  return position
}

const codeOf = (code: unknown): string => (typeof code === 'object' && code !== null && 'value' in code ? String(code.value) : String(code))

test('completion proposes the environments that come earlier', async () => {
  const document = await openFile('progression.yaml')
  await eventually('the server', () => (extension().isActive && extension().exports.server?.running ? true : undefined))
  await replaceText(document, 'name: production', 'name: production\n    after: []')
  cursorBehind(document, 'after: [')
  await eventually('proposals', async () => {
    await commands.executeCommand('editor.action.triggerSuggest')
    const shown = await ui.texts({selector: '.suggest-widget .monaco-list-row'})
    return shown.some(text => text.startsWith('staging')) ? true : undefined
  })
  await ui.screenshot('completion')
  await commands.executeCommand('hideSuggestWidget')
  await replaceText(document, 'name: production\n    after: []', 'name: production')
})

test('hovering over a gate says in words when it fails', async () => {
  const document = await openFile('gates.progression.yaml')
  cursorBehind(document, 'gates: [error-')
  await eventually('the hover', async () => {
    await commands.executeCommand('editor.action.showHover')
    const shown = await ui.texts({selector: '.monaco-hover'})
    return shown.some(text => /Passes while|Fails when/.test(text)) ? true : undefined
  })
  await ui.screenshot('hover-gate')
  await ui.press('Escape')
})

test('a quick fix inserts a working block, and its finding is gone', async () => {
  const document = await openFile('unready.progression.yaml')
  const found = () => languages.getDiagnostics(document.uri).find(({code}) => codeOf(code) === 'rollback/missing')
  const finding = await eventually('rollback/missing', found)
  const actions = await commands.executeCommand<readonly CodeAction[]>('vscode.executeCodeActionProvider', document.uri, finding.range, 'quickfix')
  const fix = actions.find(({title, edit}) => edit !== undefined && /roll/i.test(title) && !/silence/i.test(title))
  assert.ok(fix, actions.map(({title}) => title).join('\n'))
  cursorBehind(document, 'name: prod')
  await commands.executeCommand('editor.action.quickFix')
  await ui.waitFor({selector: '.action-widget', text: fix.title})
  await ui.screenshot('quick-fix-offered')
  await ui.click({selector: '.action-widget .monaco-list-row', text: fix.title})
  await eventually('the block', () => (/rollback:/.test(document.getText()) ? true : undefined))
  await eventually('no rollback/missing', () => (found() ? undefined : true))
  await ui.screenshot('quick-fix-applied')
})

test('lenses over an environment say where it stands and what it has', async () => {
  await openFile('progression.yaml')
  await ui.waitFor({selector: '.codelens-decoration', text: '1 of 3'})
  await ui.screenshot('code-lenses')
})

export const run = runAll
