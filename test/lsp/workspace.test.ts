import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {WorkspaceDocumentDiagnosticReport} from 'vscode-languageserver-protocol'
import {type Client, connect, few, Refused} from './client.ts'
import {Folder} from './folder.ts'
import {shop, unsafe} from './texts.ts'

/** What an editor would show for each file, from full reports. */
function take(shown: Map<string, {id: string | undefined; count: number}>, items: readonly WorkspaceDocumentDiagnosticReport[]): void {
  for (const item of items) if (item.kind === 'full') shown.set(item.uri, {id: item.resultId, count: item.items.length})
}

const previous = (shown: ReadonlyMap<string, {id: string | undefined}>): {uri: string; value: string}[] =>
  [...shown].flatMap(([uri, {id}]) => (id === undefined ? [] : [{uri, value: id}]))

async function next(client: Client, shown: Map<string, {id: string | undefined; count: number}>): Promise<void> {
  take(shown, (await client.workspacePull(previous(shown)).answer).items)
}

const counts = (shown: ReadonlyMap<string, {count: number}>): Record<string, number> => Object.fromEntries([...shown].map(([uri, {count}]) => [uri, count]))

test('reports every progression of the workspace, and waits until one is different', async () => {
  await using folder = await Folder.with({
    'progression.yaml': unsafe,
    'apps/web/web.progression.yml': shop,
    'node_modules/x/progression.yaml': unsafe,
    '.git/progression.yaml': unsafe,
    'other.yaml': 'a: 1\n',
  })
  await using client = await connect({folders: [folder.path]})
  const shown = new Map<string, {id: string | undefined; count: number}>()
  await next(client, shown)
  assert.deepEqual(counts(shown), {[folder.uri('apps/web/web.progression.yml')]: 0, [folder.uri('progression.yaml')]: 1})

  const waiting = client.workspacePull(previous(shown))
  await folder.write('progression.yaml', shop)
  client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: folder.uri('progression.yaml'), type: 2}]})
  const {items} = await waiting.answer
  assert.deepEqual(
    items.map(item => [item.uri, item.kind, item.kind === 'full' && item.items.length]),
    [[folder.uri('progression.yaml'), 'full', 0]],
  )
  take(shown, items)

  const created = client.workspacePull(previous(shown))
  await folder.write('apps/api/progression.yaml', unsafe)
  client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: folder.uri('apps/api/progression.yaml'), type: 1}]})
  take(shown, (await created.answer).items)
  assert.equal(shown.get(folder.uri('apps/api/progression.yaml'))?.count, 1)

  const removed = client.workspacePull(previous(shown))
  await folder.remove('apps')
  client.notify('workspace/didDeleteFiles', {files: [{uri: folder.uri('apps')}]})
  client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: folder.uri('apps/api/progression.yaml'), type: 3}]})
  take(shown, (await removed.answer).items)
  assert.equal(shown.get(folder.uri('apps/api/progression.yaml'))?.count, 0)
})

test('a waiting pull ends when it is cancelled', async () => {
  await using folder = await Folder.with()
  await using client = await connect({folders: [folder.path]})
  const pull = client.workspacePull()
  pull.cancel()
  await assert.rejects(pull.answer, error => error instanceof Refused && error.error.code === -32800)
})

test('tells each difference in parts to a client that takes them, and stays open', async () => {
  await using folder = await Folder.with({'progression.yaml': unsafe})
  await using client = await connect({folders: [folder.path]})
  const pull = client.workspacePull([], 'parts')
  type Part = {token: string; value: {items: WorkspaceDocumentDiagnosticReport[]}}
  const parts = (): readonly Part[] => client.of<Part>('$/progress').filter(({token}) => token === 'parts')
  await client.until(() => parts().length === 1)
  await folder.write('progression.yaml', shop)
  client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: folder.uri('progression.yaml'), type: 2}]})
  await client.until(() => parts().length === 2)
  const items = parts().map(({value}) => value.items.map(item => item.kind === 'full' && item.items.length))
  assert.deepEqual(items, [[1], [0]])
  pull.cancel()
  await assert.rejects(pull.answer)
})

test('folders come and go while it runs', async () => {
  await using one = await Folder.with({'progression.yaml': unsafe})
  await using two = await Folder.with({'progression.yaml': unsafe})
  await using client = await connect({folders: [one.path]})
  const shown = new Map<string, {id: string | undefined; count: number}>()
  await next(client, shown)
  assert.deepEqual(counts(shown), {[one.uri('progression.yaml')]: 1})

  const waiting = client.workspacePull(previous(shown))
  client.notify('workspace/didChangeWorkspaceFolders', {event: {added: [{uri: two.uri(), name: 'two'}], removed: []}})
  take(shown, (await waiting.answer).items)
  assert.deepEqual(counts(shown), {[one.uri('progression.yaml')]: 1, [two.uri('progression.yaml')]: 1})

  const gone = client.workspacePull(previous(shown))
  client.notify('workspace/didChangeWorkspaceFolders', {event: {added: [], removed: [{uri: one.uri(), name: 'one'}]}})
  take(shown, (await gone.answer).items)
  assert.equal(shown.get(one.uri('progression.yaml'))?.count, 0)
})

test('what is excluded is not looked at, and is again when the setting goes', async () => {
  await using folder = await Folder.with({'progression.yaml': shop, 'old/progression.yaml': unsafe})
  await using client = await connect({folders: [folder.path], settings: {rules: few, exclude: ['old']}})
  const shown = new Map<string, {id: string | undefined; count: number}>()
  await next(client, shown)
  assert.deepEqual(counts(shown), {[folder.uri('progression.yaml')]: 0})
  const waiting = client.workspacePull(previous(shown))
  client.settings = {rules: few}
  client.notify('workspace/didChangeConfiguration', {settings: null})
  take(shown, (await waiting.answer).items)
  assert.equal(shown.get(folder.uri('old/progression.yaml'))?.count, 1)
})

test('asks a client that can to watch progression files', async () => {
  await using folder = await Folder.with({'progression.yaml': shop})
  await using client = await connect({folders: [folder.path]})
  type Registration = {registrations: {method: string; registerOptions: {watchers?: {globPattern: unknown}[]}}[]}
  await client.until(() =>
    client.of<Registration>('client/registerCapability').some(({registrations}) => registrations[0]?.method === 'workspace/didChangeWatchedFiles'),
  )
  const watchers = client
    .of<Registration>('client/registerCapability')
    .flatMap(({registrations}) => registrations.flatMap(({registerOptions}) => registerOptions.watchers ?? []))
  assert.deepEqual(watchers[0]?.globPattern, '**/{progression,*.progression}.{yaml,yml}')
})

test('watches by itself where the client does not', async () => {
  await using folder = await Folder.with({'apps/progression.yaml': shop})
  const capabilities = {workspace: {workspaceFolders: true, diagnostics: {refreshSupport: true}}}
  await using client = await connect({folders: [folder.path], capabilities})
  const shown = new Map<string, {id: string | undefined; count: number}>()
  await next(client, shown)
  assert.deepEqual(counts(shown), {[folder.uri('apps/progression.yaml')]: 0})
  const waiting = client.workspacePull(previous(shown))
  await folder.write('apps/progression.yaml', unsafe)
  take(shown, (await waiting.answer).items)
  assert.equal(shown.get(folder.uri('apps/progression.yaml'))?.count, 1)

  const created = client.workspacePull(previous(shown))
  await folder.write('new/below/progression.yaml', unsafe)
  take(shown, (await created.answer).items)
  assert.equal(shown.get(folder.uri('new/below/progression.yaml'))?.count, 1)
  assert.equal(client.count('client/registerCapability'), 0)
})

test('a base that another file extends is read again when it changes, open or not', async () => {
  await using folder = await Folder.with({
    'base.yaml': 'defaults: {rollback: {within: 60s}}\n',
    'progression.yaml': unsafe.replace('name: shop\n', 'name: shop\nextends: base.yaml\n'),
  })
  await using client = await connect({folders: [folder.path]})
  const file = folder.uri('progression.yaml')
  client.open(file, unsafe.replace('name: shop\n', 'name: shop\nextends: base.yaml\n'))
  assert.deepEqual(await client.pull(file), [])
  client.open(folder.uri('base.yaml'), 'defaults: {}\n', 'yaml')
  await client.pullUntil(file, diagnostics => diagnostics.some(({code}) => code === 'rollback/missing'))
  client.close(folder.uri('base.yaml'))
  await client.pullUntil(file, diagnostics => diagnostics.length === 0)
})
