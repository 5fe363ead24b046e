import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {Diagnostic} from 'vscode-languageserver-protocol'
import {type Client, connect} from './client.ts'
import {Folder} from './folder.ts'
import {shop, unsafe} from './texts.ts'

const uri = 'file:///nowhere/progression.yaml'

const said = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({code, range, message}) => `${range.start.line}:${range.start.character} ${code} ${message}`)

async function diagnose(text: string): Promise<readonly Diagnostic[]> {
  await using client = await connect()
  client.open(uri, '')
  client.change(uri, text)
  const diagnostics = await client.pull(uri)
  await alive(client)
  return diagnostics
}

/** Every other question gets an answer too, and the server is there afterwards. */
async function alive(client: Client): Promise<void> {
  const position = {line: 1, character: 3}
  await client.request('textDocument/hover', {textDocument: {uri}, position})
  await client.request('textDocument/documentSymbol', {textDocument: {uri}})
  await client.request('textDocument/codeAction', {textDocument: {uri}, range: {start: position, end: position}, context: {diagnostics: []}})
  const other = 'file:///nowhere/other.progression.yaml'
  client.open(other, unsafe)
  assert.equal((await client.pull(other))[0]?.code, 'rollback/missing')
}

test('a half-typed key is said once, and nothing is called missing because of it', async () => {
  const found = await diagnose(`${unsafe}    name\n`)
  assert.equal(found.length, 1, said(found).join('\n'))
  assert.equal(found[0]?.code, 'config/schema')
  assert.equal(found[0]?.range.start.line, unsafe.split('\n').length - 1)
})

test('a text typed character by character is answered at each of them', async () => {
  await using client = await connect()
  client.open(uri, '')
  let line = 0
  let character = 0
  for (const [index, typed] of [...unsafe].entries()) {
    client.change(uri, typed, {start: {line, character}, end: {line, character}})
    if (typed === '\n') [line, character] = [line + 1, 0]
    else character++
    if (index % 5 === 0) await client.pull(uri)
  }
  assert.deepEqual(
    (await client.pull(uri)).map(({code}) => code),
    ['rollback/missing'],
  )
  await alive(client)
})

test('a tab for indentation is named', async () => {
  const found = await diagnose(shop.replace('  - name: dev\n', '\t- name: dev\n'))
  assert.ok(
    said(found).some(text => /9:\d+ config\/schema .*tab/i.test(text)),
    said(found).join('\n'),
  )
})

test('a byte order mark changes nothing', async () => {
  assert.deepEqual(await diagnose(`\uFEFF${shop}`), [])
})

test('Windows line ends change nothing but where lines end', async () => {
  assert.deepEqual(await diagnose(shop.replaceAll('\n', '\r\n')), [])
  const [missing] = await diagnose(unsafe.replaceAll('\n', '\r\n'))
  const [plain] = await diagnose(unsafe)
  assert.deepEqual(missing?.range, plain?.range)
})

test('a merge conflict is one finding, at its first marker', async () => {
  const text = shop.replace('  - name: staging\n', '<<<<<<< HEAD\n  - name: staging\n=======\n  - name: stage\n>>>>>>> other\n')
  const found = await diagnose(text)
  assert.equal(found.length, 1, said(found).join('\n'))
  assert.match(said(found)[0] ?? '', /^11:0 config\/schema This file holds a merge conflict/)
})

test('ten megabytes are not read, and said so', async () => {
  const found = await diagnose(`name: shop\n${'# a comment that goes on and on\n'.repeat(330_000)}`)
  assert.equal(found.length, 1)
  assert.match(String(found[0]?.message), /^This file is too large to be read/)
})

test('ten megabytes on the disk are not read either', async () => {
  await using folder = await Folder.with({'progression.yaml': 'x: y\n'.repeat(2_100_000)})
  await using client = await connect({folders: [folder.path]})
  const [item] = (await client.workspacePull().answer).items
  assert.equal(item?.kind === 'full' && item.items.length, 1)
})

test('an alias bomb does not go off', async () => {
  const levels = Array.from({length: 12}, (_, index) => `x-${index + 1}: &x${index + 1} [${Array.from({length: 10}, () => `*x${index}`).join(', ')}]\n`)
  const found = await diagnose(`x-0: &x0 [a, a, a, a, a, a, a, a, a, a]\n${levels.join('')}images: *x12\n${shop}`)
  assert.ok(found.length > 0)
  assert.ok(
    said(found).every(text => text.length < 500),
    'what an alias stands for is not poured into a message',
  )
})

test('aliases that go in a circle, and brackets without end', async () => {
  await diagnose('x-a: &a\n  b: *a\nname: shop\nenvironments: *a\n')
  await diagnose(`name: ${'['.repeat(50_000)}`)
  await diagnose(`${'- '.repeat(20_000)}a\n`)
  await diagnose(`${Array.from({length: 3000}, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}\n`)
})

test('an apiVersion that is not known is said at its value', async () => {
  const found = await diagnose(shop.replace('progression.dev/v1', 'progression.dev/v9'))
  assert.equal(found.length, 1, said(found).join('\n'))
  assert.match(said(found)[0] ?? '', /^0:12 config\/schema apiVersion progression\.dev\/v9 is not known/)
})

test('half of a character pair is carried along', async () => {
  const found = await diagnose(unsafe.replace('name: shop', 'name: sh\uD83Dop \uDE00'))
  assert.ok(found.some(({code}) => code === 'rollback/missing') || found.length > 0)
})

test('text beside the plane is counted in UTF-16 units', async () => {
  const found = await diagnose(
    unsafe.replace('  - name: production', "  - {flags: {'🚀🚀': true}, name: production}").replace('\n    namespace: production', ''),
  )
  const missing = found.find(({code}) => code === 'rollback/missing')
  assert.deepEqual(missing?.range.start, {line: 12, character: 34})
})

test('positions beyond the text are brought back to it', async () => {
  await using client = await connect()
  client.open(uri, shop)
  client.change(uri, '# end\n', {start: {line: 900, character: 900}, end: {line: 901, character: 5}})
  client.change(uri, '', {start: {line: 2, character: 5000}, end: {line: 3, character: 0}})
  await client.pull(uri)
  await alive(client)
})

test('random bytes are no reason to end', async () => {
  let state = 1
  const noise = Array.from({length: 20_000}, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return String.fromCharCode(state % 3 === 0 ? state % 0xffff : 9 + (state % 118))
  })
  await diagnose(noise.join(''))
})
