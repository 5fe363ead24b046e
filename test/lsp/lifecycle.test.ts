import assert from 'node:assert/strict'
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {test} from 'node:test'
import {fileURLToPath} from 'node:url'
import {Client, connect, type Refused} from './client.ts'
import {frame} from './framing.ts'
import {shop} from './texts.ts'

const program = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const refusal = (promise: Promise<unknown>): Promise<{code: number; message: string}> =>
  promise.then(
    () => assert.fail('it was answered'),
    error => (error as Refused).error,
  )

test('says what it is and what it can do', async () => {
  await using client = new Client()
  const {capabilities, serverInfo} = await client.initialize()
  assert.equal(serverInfo?.name, 'progression')
  assert.match(serverInfo?.version ?? '', /^\d+\.\d+\.\d+/)
  assert.equal(capabilities.positionEncoding, 'utf-16')
  assert.deepEqual(capabilities.textDocumentSync, {openClose: true, change: 2, save: false})
  assert.deepEqual(capabilities.diagnosticProvider, {identifier: 'progression', interFileDependencies: true, workspaceDiagnostics: true})
  assert.equal(capabilities.workspace?.workspaceFolders?.changeNotifications, true)
  assert.ok(capabilities.hoverProvider)
  assert.ok(capabilities.documentSymbolProvider)
  // The extension registers commands of its own names; an editor that registers ours too must not meet them twice.
  assert.ok(capabilities.executeCommandProvider?.commands.every(command => command.startsWith('progression.server.')))
})

test('announces no pull to a client that cannot', async () => {
  await using client = new Client()
  const {capabilities} = await client.initialize({capabilities: {textDocument: {publishDiagnostics: {}}}})
  assert.equal(capabilities.diagnosticProvider, undefined)
})

test('refuses everything before initialize, and goes on', async () => {
  await using client = new Client()
  assert.equal((await refusal(client.request('textDocument/hover', {}))).code, -32002)
  await client.initialize()
})

test('answers a request it does not know with an error, and ignores such a notification', async () => {
  await using client = await connect()
  client.notify('$/nobody/knows', {x: 1})
  client.notify('nobody/knows', {x: 1})
  const error = await refusal(client.request('nobody/knows', {}))
  assert.equal(error.code, -32601)
  assert.match(error.message, /nobody\/knows/)
})

test('answers a request without the parameters it needs with an error, logs it, and goes on', async () => {
  await using client = await connect()
  assert.equal((await refusal(client.request('textDocument/hover', {position: 1}))).code, -32803)
  client.notify('textDocument/didChange', {nothing: true})
  assert.equal((await refusal(client.request('textDocument/documentSymbol', {}))).code, -32803)
  assert.ok(client.of<{message: string}>('window/logMessage').some(({message}) => message.includes('textDocument/hover failed')))
  const uri = 'file:///nowhere/progression.yaml'
  client.open(uri, shop)
  assert.deepEqual(await client.pull(uri), [])
})

test('does not do what only tests may, unless it is one', async () => {
  await using client = await connect()
  assert.equal((await refusal(client.request('progression/test/killClusterWorker'))).code, -32601)
  await using testing = await connect({initializationOptions: {testMode: true}})
  assert.equal(await testing.request('progression/test/killClusterWorker'), null)
})

test('a plan without its environment is not understood, and an unknown command not run', async () => {
  await using client = await connect()
  assert.equal((await refusal(client.request('progression/plan', {uri: 'file:///x/progression.yaml'}))).code, -32602)
  assert.equal((await refusal(client.request('progression/promote', {uri: 'file:///x', environment: 'dev'}))).code, -32602)
  assert.equal((await refusal(client.request('workspace/executeCommand', {command: 'progression.server.nothing'}))).code, -32602)
})

test('ends with 0 after shutdown, and with 1 without', async () => {
  const client = await connect()
  assert.equal(await client.stop(), 0)
  const other = await connect()
  const ended = once(other.process, 'exit')
  other.notify('exit', undefined)
  await ended
  assert.equal(other.process.exitCode, 1)
})

test('ends when its standard input ends', async () => {
  const client = await connect()
  const ended = once(client.process, 'exit')
  client.process.stdin?.end()
  await ended
  assert.equal(client.process.exitCode, 1)
})

test('ends with the process it was started for, even when the pipes stay open', async () => {
  const editor = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {stdio: ['pipe', 'ignore', 'ignore']})
  const server = spawn(process.execPath, [program, '--stdio'], {stdio: ['pipe', 'pipe', 'ignore']})
  server.stdin.write(frame({jsonrpc: '2.0', id: 1, method: 'initialize', params: {processId: editor.pid, capabilities: {}, rootUri: null}}))
  await once(server.stdout, 'data')
  server.stdout.resume()
  const ended = once(server, 'exit')
  editor.kill('SIGKILL')
  assert.deepEqual(await ended, [1, null])
})

test('ends when the channel to its parent closes', async () => {
  const server = spawn(process.execPath, [program, '--node-ipc'], {stdio: ['ignore', 'ignore', 'ignore', 'ipc']})
  server.send({jsonrpc: '2.0', id: 1, method: 'initialize', params: {processId: null, capabilities: {}, rootUri: null}})
  const [message] = (await once(server, 'message')) as [{result: {serverInfo: {name: string}}}]
  assert.equal(message.result.serverInfo.name, 'progression')
  const ended = once(server, 'exit')
  server.disconnect()
  assert.deepEqual(await ended, [1, null])
})
