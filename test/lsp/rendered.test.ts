import assert from 'node:assert/strict'
import {existsSync} from 'node:fs'
import {test} from 'node:test'
import type {Diagnostic, WorkspaceDocumentDiagnosticReport} from 'vscode-languageserver-protocol'
import {type Client, connect, few} from './client.ts'
import {Folder} from './folder.ts'
import {deployment, shop} from './texts.ts'

const engine = new URL('../../dist/render-engine.wasm.br', import.meta.url)
const rendering = {skip: existsSync(engine) || process.env.CI === 'true' ? false : 'the render engine is not built'}

const text = shop.replace('defaults:', "manifests: {directory: 'k8s/${environment}'}\nparity:\n  - between: [staging, preview]\ndefaults:")
const files = {
  'progression.yaml': text,
  'k8s/dev/api.yaml': deployment('api', 1),
  'k8s/staging/api.yaml': deployment('api', 1),
  'k8s/preview/api.yaml': deployment('api', 5),
}

const parity = (diagnostics: readonly Diagnostic[]): Diagnostic | undefined => diagnostics.find(({code}) => code === 'parity/replicas')
const has = (diagnostics: readonly Diagnostic[]): boolean => parity(diagnostics) !== undefined

async function opened(folder: Folder, client: Client): Promise<{uri: string; finding: Diagnostic}> {
  const uri = folder.uri('progression.yaml')
  client.open(uri, text)
  const finding = parity(await client.pullUntil(uri, has))
  assert.ok(finding)
  return {uri, finding}
}

test('what rendering shows comes after the first answer, with a refresh', rendering, async () => {
  await using folder = await Folder.with(files)
  await using client = await connect({folders: [folder.path]})
  const uri = folder.uri('progression.yaml')
  client.open(uri, text)
  assert.equal(has(await client.pull(uri)), false)
  await client.until(() => client.count('workspace/diagnostic/refresh') > 0)
  const finding = parity(await client.pull(uri))
  assert.match(String(finding?.message), /api/)
  assert.equal(finding?.severity, 2)
  assert.equal(client.count('workspace/diagnostic/refresh'), 1)
})

test('what rendering shows stays while typing, and moves with the text', rendering, async () => {
  await using folder = await Folder.with(files)
  await using client = await connect({folders: [folder.path]})
  const {uri, finding} = await opened(folder, client)
  const start = {line: 0, character: 0}
  for (const [count, typed] of ['#', ' ', 'x', '\n', '\n'].entries()) {
    const at = count < 4 ? {line: 0, character: count} : {line: 1, character: 0}
    client.change(uri, typed, {start: at, end: at})
    const kept = parity(await client.pull(uri))
    const by = count < 3 ? 0 : count - 2
    assert.equal(kept?.range.start.line, finding.range.start.line + by)
    assert.equal(kept?.range.start.character, finding.range.start.character)
  }
  client.change(uri, '', {start, end: {line: 2, character: 0}})
  assert.deepEqual(parity(await client.pull(uri))?.range, finding.range)
})

test('what rendering shows goes when its place is edited, and comes back with the next rendering', rendering, async () => {
  await using folder = await Folder.with(files)
  await using client = await connect({folders: [folder.path]})
  const {uri, finding} = await opened(folder, client)
  const {line, character} = finding.range.start
  const inside = {line, character: character + 1}
  client.change(uri, ' ', {start: inside, end: inside})
  assert.equal(has(await client.pull(uri)), false)
  client.change(uri, '', {start: inside, end: {line, character: character + 2}})
  const back = parity(await client.pullUntil(uri, has))
  assert.deepEqual(back?.range, finding.range)
})

test('a manifest that changes in a buffer is rendered again', rendering, async () => {
  await using folder = await Folder.with(files)
  await using client = await connect({folders: [folder.path]})
  const {uri} = await opened(folder, client)
  const manifest = folder.uri('k8s/preview/api.yaml')
  client.open(manifest, deployment('api', 1), 'yaml')
  await client.pullUntil(uri, diagnostics => !has(diagnostics))
  const line = deployment('api', 1)
    .split('\n')
    .findIndex(one => one.includes('replicas'))
  client.change(manifest, '7', {start: {line, character: 12}, end: {line, character: 13}})
  await client.pullUntil(uri, has)
  // What was typed was never saved: closed, the disk holds again.
  await folder.write('k8s/preview/api.yaml', deployment('api', 1))
  client.close(manifest)
  await client.pullUntil(uri, diagnostics => !has(diagnostics))
})

test('a manifest that comes, changes or goes on the disk is rendered again', rendering, async () => {
  await using folder = await Folder.with(files)
  await using client = await connect({folders: [folder.path]})
  const {uri} = await opened(folder, client)
  type Registration = {registrations: {id: string; registerOptions: {watchers?: {globPattern: unknown}[]}}[]}
  await client.until(() => client.of<Registration>('client/registerCapability').some(({registrations}) => registrations[0]?.id.startsWith('progression-read')))
  const watched = client
    .of<Registration>('client/registerCapability')
    .flatMap(({registrations}) => registrations.flatMap(({registerOptions}) => registerOptions.watchers ?? []))
  const folders = watched.map(({globPattern}) => (globPattern as {baseUri?: string}).baseUri)
  assert.ok(
    folders.some(one => one !== undefined && folder.uri('k8s/preview').startsWith(one)),
    JSON.stringify(folders),
  )

  await folder.write('k8s/preview/api.yaml', deployment('api', 1))
  client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: folder.uri('k8s/preview/api.yaml'), type: 2}]})
  await client.pullUntil(uri, diagnostics => !has(diagnostics))
  await folder.write('k8s/staging/web.yaml', deployment('web', 1))
  await folder.write('k8s/preview/web.yaml', deployment('web', 9))
  client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: folder.uri('k8s/preview/web.yaml'), type: 1}]})
  const found = parity(await client.pullUntil(uri, has))
  assert.match(String(found?.message), /web/)
  await folder.remove('k8s/preview/web.yaml')
  client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: folder.uri('k8s/preview/web.yaml'), type: 3}]})
  await client.pullUntil(uri, diagnostics => !has(diagnostics))
})

test('files that are closed are rendered too, one after the other', rendering, async () => {
  await using folder = await Folder.with({...files, 'more/progression.yaml': shop})
  await using client = await connect({folders: [folder.path]})
  const ids = new Map<string, string>()
  const shown = new Map<string, readonly Diagnostic[]>()
  while (!has(shown.get(folder.uri('progression.yaml')) ?? [])) {
    const previous = [...ids].map(([uri, value]) => ({uri, value}))
    const {items} = await client.workspacePull(previous).answer
    for (const item of items as readonly WorkspaceDocumentDiagnosticReport[]) {
      if (item.kind !== 'full') continue
      ids.set(item.uri, item.resultId ?? '')
      shown.set(item.uri, item.items)
    }
  }
  assert.deepEqual(shown.get(folder.uri('more/progression.yaml')), [])
  // The waiting pull brought it; the editor need not be told to ask for texts that are not open.
  assert.equal(client.count('workspace/diagnostic/refresh'), 0)
})

test('a folder that is not there is said at the key that names it', rendering, async () => {
  await using folder = await Folder.with({'progression.yaml': text})
  await using client = await connect({folders: [folder.path]})
  const uri = folder.uri('progression.yaml')
  client.open(uri, text)
  const found = await client.pullUntil(uri, diagnostics => diagnostics.length > 0)
  const line = text.split('\n').findIndex(one => one.startsWith('manifests:'))
  assert.deepEqual([...new Set(found.map(({range}) => range.start.line))], [line])
})

test('rendering can be turned off while it runs', rendering, async () => {
  await using folder = await Folder.with(files)
  await using client = await connect({folders: [folder.path]})
  const {uri} = await opened(folder, client)
  client.settings = {rules: few, render: {enabled: false}}
  client.notify('workspace/didChangeConfiguration', {settings: null})
  await client.pullUntil(uri, diagnostics => !has(diagnostics))
})
