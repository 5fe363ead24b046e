import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {CodeAction, TextDocumentEdit} from 'vscode-languageserver-protocol'
import {Document} from '../../server/document/document.ts'
import type {Checklists} from '../../server/protocol.ts'
import {connect} from './client.ts'
import {Folder} from './folder.ts'
import {shop, unsafe} from './texts.ts'

const uri = 'file:///nowhere/progression.yaml'
const nowhere = {start: {line: 0, character: 0}, end: {line: 99, character: 0}}

test('the checklist of one document, as it is typed', async () => {
  await using client = await connect()
  client.open(uri, unsafe)
  const rollback = async () => {
    const {progressions} = await client.request<Checklists>('progression/checklist', {uri})
    assert.equal(progressions[0]?.items.length, 10)
    return progressions[0]?.items.find(({id}) => id === 'rollback')
  }
  const missing = await rollback()
  assert.equal(missing?.state, 'missing')
  assert.equal(missing?.at?.uri, uri)
  client.change(uri, unsafe.replace('environments:', '  rollback: {within: 60s}\nenvironments:'))
  assert.equal((await rollback())?.state, 'done')
})

test('of the whole workspace, open or not', async () => {
  await using folder = await Folder.with({'a/progression.yaml': shop, 'b/progression.yaml': shop.replace('name: shop', 'name: other')})
  await using client = await connect({folders: [folder.path]})
  const {progressions} = await client.request<Checklists>('progression/checklist', {})
  assert.deepEqual(
    progressions.map(({name}) => name),
    ['shop', 'other'],
  )
})

test('a finding is silenced from where it stands: on its line, in its file, by a level', async () => {
  await using client = await connect()
  client.open(uri, unsafe)
  const [missing] = await client.pull(uri)
  assert.ok(missing)
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {textDocument: {uri}, range: nowhere, context: {diagnostics: []}})
  assert.equal(actions[0]?.isPreferred, true)
  const wanted = ['Silence rollback/missing on this line', 'Silence rollback/missing in this file', 'Turn rollback/missing off for this document']
  for (const title of wanted) {
    const action = actions.find(one => one.title === title) ?? assert.fail(`${title} is not offered`)
    assert.equal(action.isPreferred, false)
    const [edit] = (action.edit?.documentChanges ?? []) as TextDocumentEdit[]
    const changes = (edit?.edits ?? []).flatMap(one => ('newText' in one ? [{range: one.range, text: one.newText}] : []))
    client.change(uri, new Document(uri, 1, unsafe).edit(changes, 2).text)
    assert.deepEqual(await client.pull(uri), [], title)
  }
})

test('a file that is missing is found as soon as it is there', async () => {
  const text = shop.replace("smoke: {service: 'shop:http', http: [{get: /healthz}], timeout: 60s}", 'smoke: {job: deploy/smoke.yaml, timeout: 60s}')
  await using folder = await Folder.with({'progression.yaml': text})
  await using client = await connect({folders: [folder.path]})
  const progression = folder.uri('progression.yaml')
  client.open(progression, text)
  const codes = async () => (await client.pull(progression)).map(({code}) => code)
  assert.deepEqual(await codes(), ['config/missing-file'])
  await folder.write('deploy/smoke.yaml', 'kind: Job\n')
  client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: folder.uri('deploy/smoke.yaml'), type: 1}]})
  assert.deepEqual(await codes(), [])
  await folder.remove('deploy/smoke.yaml')
  client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: folder.uri('deploy/smoke.yaml'), type: 3}]})
  assert.deepEqual(await codes(), ['config/missing-file'])
})
