import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {Diagnostic, FullDocumentDiagnosticReport} from 'vscode-languageserver-protocol'
import {connect, few, Refused} from './client.ts'
import {Folder} from './folder.ts'
import {large, shop, unsafe} from './texts.ts'

const codes = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({code}) => code)
const uri = 'file:///nowhere/progression.yaml'

test('answers a pull with what the text shows, linked to its page', async () => {
  await using client = await connect()
  client.open(uri, unsafe)
  const [missing, ...others] = await client.pull(uri)
  assert.deepEqual(others, [])
  assert.equal(missing?.code, 'rollback/missing')
  assert.equal(missing?.severity, 2)
  assert.equal(missing?.source, 'progression')
  assert.match(String(missing?.message), /^Nothing rolls production back/)
  assert.match(missing?.codeDescription?.href ?? '', /\/rules\/rollback\/missing$/)
  const line = unsafe.split('\n').findIndex(text => text.includes('name: production'))
  assert.deepEqual(missing?.range, {start: {line, character: 10}, end: {line, character: 20}})
})

test('says unchanged as long as nothing is different, and only then', async () => {
  await using client = await connect()
  client.open(uri, unsafe)
  const first = (await client.report(uri)) as FullDocumentDiagnosticReport
  const again = await client.report(uri, first.resultId)
  assert.deepEqual(again, {kind: 'unchanged', resultId: first.resultId})
  client.change(uri, ' ', {start: {line: 0, character: 0}, end: {line: 0, character: 0}})
  const edited = await client.report(uri, first.resultId)
  assert.equal(edited.kind, 'full')
  assert.notEqual(edited.resultId, first.resultId)
})

test('follows edits, several of one notification included, and whole texts', async () => {
  await using client = await connect()
  client.open(uri, shop)
  assert.deepEqual(await client.pull(uri), [])
  client.notify('textDocument/didChange', {
    textDocument: {uri, version: 2},
    contentChanges: [
      {range: {start: {line: 13, character: 10}, end: {line: 13, character: 17}}, text: 'production'},
      {range: {start: {line: 7, character: 0}, end: {line: 8, character: 0}}, text: ''},
    ],
  })
  assert.deepEqual(codes(await client.pull(uri)), ['rollback/missing'])
  client.change(uri, shop)
  assert.deepEqual(await client.pull(uri), [])
})

test('points at the other places of a finding', async () => {
  await using client = await connect()
  client.open(uri, shop.replace('name: staging\n', 'name: staging\n    namespace: twice\n'))
  const [duplicate] = await client.pull(uri)
  assert.equal(duplicate?.code, 'config/duplicate-key')
  assert.equal(duplicate?.relatedInformation?.[0]?.location.uri, uri)
  assert.equal(duplicate?.relatedInformation?.[0]?.location.range.start.line, 12)
})

test('says nothing about YAML that is none of ours, until it is', async () => {
  await using client = await connect()
  const other = 'file:///nowhere/service.yaml'
  client.open(other, 'apiVersion: v1\nkind: [broken\n', 'yaml')
  assert.deepEqual(await client.pull(other), [])
  client.change(other, 'apiVersion: progression.dev/v1\nname: x\nenvironment: []\n')
  assert.ok(codes(await client.pull(other)).includes('config/unknown-key'))
  client.change(other, 'apiVersion: v1\n')
  assert.deepEqual(await client.pull(other), [])
})

test('levels of the settings hold at once, for text that is open', async () => {
  await using client = await connect()
  client.open(uri, unsafe)
  assert.equal((await client.pull(uri))[0]?.severity, 2)
  client.settings = {rules: {...few, 'rollback/missing': 'error'}}
  client.notify('workspace/didChangeConfiguration', {settings: null})
  const [error] = await client.pullUntil(uri, ([first]) => first?.severity !== 2)
  assert.equal(error?.severity, 1)
  client.settings = {rules: {...few, 'rollback/missing': 'off'}}
  client.notify('workspace/didChangeConfiguration', {settings: null})
  await client.pullUntil(uri, diagnostics => diagnostics.length === 0)
})

test('settings are there before the first answer', async () => {
  const {promise: settings, resolve} = Promise.withResolvers<unknown>()
  await using client = await connect({settings})
  client.open(uri, unsafe)
  let isAnswered = false
  const pull = client.pull(uri).finally(() => {
    isAnswered = true
  })
  // Answers that come in the meantime show that the pull had its turn.
  for (let turn = 0; turn < 5; turn++) await client.request('textDocument/hover', {textDocument: {uri}, position: {line: 1, character: 1}})
  assert.equal(isAnswered, false)
  resolve({rules: {...few, 'rollback/missing': 'off'}})
  assert.deepEqual(await pull, [])
})

test('takes settings from clients that send them', async () => {
  await using client = await connect({capabilities: {workspace: {diagnostics: {refreshSupport: true}}}})
  client.open(uri, unsafe)
  assert.equal((await client.pull(uri)).length, 1)
  client.notify('workspace/didChangeConfiguration', {settings: {progression: {rules: {...few, 'rollback/missing': 'off'}}}})
  assert.deepEqual(await client.pull(uri), [])
})

test('a cancelled pull is answered as cancelled', async () => {
  await using client = await connect()
  client.open(uri, large(500_000))
  const pull = client.send('textDocument/diagnostic', {textDocument: {uri}})
  pull.cancel()
  await assert.rejects(pull.answer, error => error instanceof Refused && error.error.code === -32800)
})

test('a pull that an edit made pointless wants to be asked again', async () => {
  await using client = await connect()
  client.open(uri, shop)
  assert.deepEqual(await client.pull(uri), [])
  client.change(uri, large(500_000))
  const pull = client.send('textDocument/diagnostic', {textDocument: {uri}})
  client.change(uri, ' ', {start: {line: 0, character: 0}, end: {line: 0, character: 0}})
  await assert.rejects(pull.answer, error => {
    assert.ok(error instanceof Refused)
    assert.equal(error.error.code, -32802)
    assert.deepEqual(error.error.data, {retriggerRequest: true})
    return true
  })
  // The space makes the first key stand deeper than the others.
  assert.ok((await client.pull(uri)).length > 0)
})

test('a long text is read in steps: a hover is answered meanwhile, and a cancelled pull ends', async () => {
  await using client = await connect()
  const small = 'file:///nowhere/small.progression.yaml'
  client.open(small, shop)
  client.open(uri, large(1_000_000))
  const pull = client.send('textDocument/diagnostic', {textDocument: {uri}})
  let isAnswered = false
  const ended = pull.answer.finally(() => {
    isAnswered = true
  })
  ended.catch(() => {})
  assert.ok(await client.request('textDocument/hover', {textDocument: {uri: small}, position: {line: 9, character: 11}}))
  assert.equal(isAnswered, false)
  pull.cancel()
  await assert.rejects(ended, error => error instanceof Refused && error.error.code === -32800)
})

test('pushes to clients that do not ask, the last text last, and takes back what is closed', async () => {
  await using client = await connect({capabilities: {textDocument: {publishDiagnostics: {versionSupport: true}}}})
  type Published = {uri: string; version?: number; diagnostics: Diagnostic[]}
  const published = (): readonly Published[] => client.of<Published>('textDocument/publishDiagnostics')
  client.open(uri, unsafe)
  await client.until(() => published().some(({diagnostics}) => codes(diagnostics).includes('rollback/missing')))
  client.change(uri, shop)
  await client.until(() => published().at(-1)?.version === 2)
  assert.deepEqual(published().at(-1), {uri, version: 2, diagnostics: []})
  client.change(uri, unsafe)
  await client.until(() => published().at(-1)?.version === 3)
  client.close(uri)
  await client.until(() => published().at(-1)?.version === undefined)
  assert.deepEqual(published().at(-1), {uri, diagnostics: []})
})

test('a file that is closed is answered from the disk', async () => {
  await using folder = await Folder.with({'progression.yaml': unsafe})
  await using client = await connect({folders: [folder.path]})
  const file = folder.uri('progression.yaml')
  assert.deepEqual(codes(await client.pull(file)), ['rollback/missing'])
  client.open(file, shop)
  assert.deepEqual(await client.pull(file), [])
  client.close(file)
  assert.deepEqual(codes(await client.pull(file)), ['rollback/missing'])
})
