import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {CodeAction, TextDocumentEdit} from 'vscode-languageserver-protocol'
import {Document} from '../../server/document/document.ts'
import type {Graph, Plan} from '../../server/protocol.ts'
import {connect} from './client.ts'
import {Folder} from './folder.ts'
import {shop, unsafe} from './texts.ts'

const uri = 'file:///nowhere/progression.yaml'
const environments = ({progressions}: Graph): string[] =>
  progressions.flatMap(({nodes}) => nodes.flatMap(({kind, label}) => (kind === 'environment' ? [label] : [])))

test('draws one document, as it is typed', async () => {
  await using client = await connect()
  client.open(uri, shop)
  const graph = await client.request<Graph>('progression/graph', {uri})
  assert.deepEqual(environments(graph), ['dev', 'staging', 'preview'])
  assert.equal(graph.progressions[0]?.at.uri, uri)
  client.change(uri, 'qa', {start: {line: 9, character: 10}, end: {line: 9, character: 13}})
  assert.deepEqual(environments(await client.request<Graph>('progression/graph', {uri})), ['qa', 'staging', 'preview'])
})

test('draws the whole workspace, open or not', async () => {
  await using folder = await Folder.with({'a/progression.yaml': shop, 'b/progression.yaml': shop.replace('name: shop', 'name: other')})
  await using client = await connect({folders: [folder.path]})
  const {progressions} = await client.request<Graph>('progression/graph', {})
  assert.deepEqual(
    progressions.map(({name, uri}) => [name, uri]),
    [
      ['shop', folder.uri('a/progression.yaml')],
      ['other', folder.uri('b/progression.yaml')],
    ],
  )
})

test('tells that a graph changed, but only whoever asked for one', async () => {
  await using client = await connect()
  client.open(uri, shop)
  client.change(uri, 'qa', {start: {line: 9, character: 10}, end: {line: 9, character: 13}})
  await client.request('progression/graph', {})
  assert.equal(client.count('progression/changed'), 0)
  for (const text of ['a', 'b', 'c']) client.change(uri, text, {start: {line: 9, character: 10}, end: {line: 9, character: 11}})
  await client.until(() => client.count('progression/changed') > 0)
  assert.deepEqual(client.of('progression/changed')[0], {uris: [uri]})
})

test('asks no cluster in a workspace that is not trusted', async () => {
  await using client = await connect({initializationOptions: {trusted: false}})
  client.open(uri, shop)
  const plan = await client.request<Plan>('progression/plan', {uri, progression: 'shop', environment: 'dev', action: 'promote'})
  assert.match(plan.refusals[0] ?? '', /not trusted/)
  assert.deepEqual(await client.request('progression/status', {uri}), {environments: []})
})

test('the same as a command, with progress for whoever shows it', async () => {
  await using client = await connect({initializationOptions: {trusted: false}})
  client.open(uri, shop)
  const parameters = {uri, progression: 'shop', environment: 'dev', action: 'promote'}
  const plan = await client.request<Plan>('workspace/executeCommand', {command: 'progression.server.plan', arguments: [parameters], workDoneToken: 'mine'})
  assert.match(plan.refusals[0] ?? '', /not trusted/)
  type Progress = {token: string; value: {kind: string; title?: string}}
  const told = client.of<Progress>('$/progress').filter(({token}) => token === 'mine')
  assert.deepEqual(
    told.map(({value}) => value.kind),
    ['begin', 'end'],
  )
  // Without a token of its own, the client is asked for one.
  await client.request('workspace/executeCommand', {command: 'progression.server.plan', arguments: [parameters]})
  assert.equal(client.count('window/workDoneProgress/create'), 1)
})

test('a promotion whose plan nobody was shown is refused', async () => {
  await using client = await connect()
  client.open(uri, shop)
  const outcome = await client.request<{result: string; message: string}>('progression/promote', {
    uri,
    progression: 'shop',
    environment: 'dev',
    planDigest: 'made up',
  })
  assert.equal(outcome.result, 'refused')
  assert.match(outcome.message, /Ask for it again/)
})

test('a quick fix edits the version it was made for, and leaves the text without the finding', async () => {
  await using client = await connect()
  client.open(uri, unsafe)
  const [missing] = await client.pull(uri)
  assert.ok(missing)
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {textDocument: {uri}, range: missing.range, context: {diagnostics: [missing]}})
  const action = actions.find(({diagnostics}) => diagnostics?.[0]?.code === 'rollback/missing') ?? assert.fail('no quick fix')
  assert.equal(action.kind, 'quickfix')
  assert.deepEqual(action.diagnostics?.[0]?.range, missing.range)
  const [edit] = (action.edit?.documentChanges ?? []) as TextDocumentEdit[]
  assert.deepEqual(edit?.textDocument, {uri, version: 1})
  const changes = (edit?.edits ?? []).flatMap(one => ('newText' in one ? [{range: one.range, text: one.newText}] : []))
  // Edits of one answer speak of the text before all of them, so the last one goes first.
  const sorted = changes.sort((one, other) => other.range.start.line - one.range.start.line)
  client.change(uri, new Document(uri, 1, unsafe).edit(sorted, 2).text)
  assert.deepEqual(await client.pull(uri), [])
})

test('no quick fix where none is asked for, or none is', async () => {
  await using client = await connect()
  client.open(uri, unsafe)
  const range = {start: {line: 0, character: 0}, end: {line: 0, character: 0}}
  assert.deepEqual(await client.request('textDocument/codeAction', {textDocument: {uri}, range, context: {diagnostics: []}}), [])
  const whole = {start: {line: 0, character: 0}, end: {line: 99, character: 0}}
  assert.equal(await client.request('textDocument/codeAction', {textDocument: {uri}, range: whole, context: {diagnostics: [], only: ['refactor']}}), null)
})
