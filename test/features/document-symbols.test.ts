import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {DocumentSymbol, Range, SymbolInformation} from 'vscode-languageserver-protocol'
import {type Client, connect} from '../lsp/client.ts'
import {shop} from '../lsp/texts.ts'

const uri = 'file:///nowhere/progression.yaml'

async function symbols(client: Client, text: string): Promise<DocumentSymbol[]> {
  client.open(uri, text)
  const found = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', {textDocument: {uri}})
  client.close(uri)
  return found
}

const outline = (found: readonly DocumentSymbol[], indentation = ''): string =>
  found.map(({name, children = []}) => `${indentation}${name}\n${outline(children, `${indentation}  `)}`).join('')

const compare = (one: Range['start'], other: Range['start']): number => one.line - other.line || one.character - other.character

/** What the protocol asks of every symbol; an editor throws all of them away where it does not hold. */
function check({range, selectionRange, name, children = []}: DocumentSymbol): void {
  assert.ok(name.length > 0)
  assert.ok(compare(range.start, selectionRange.start) <= 0 && compare(selectionRange.end, range.end) <= 0, name)
  for (const child of children) {
    assert.ok(compare(range.start, child.range.start) <= 0 && compare(child.range.end, range.end) <= 0, `${child.name} lies in ${name}`)
    check(child)
  }
}

test('a progression with its clusters, gates, environments and their steps, in the order of the text', async () => {
  await using client = await connect()
  const text = `${shop}gates:\n  errors: {query: up, max: 1}\n`.replace('    namespace: staging\n', '    namespace: staging\n    soak: 30m\n')
  const found = await symbols(client, text)
  assert.equal(outline(found), 'shop\n  local\n  dev\n  staging\n    soak\n  preview\n  errors\n')
  for (const symbol of found) check(symbol)
  const [progression] = found
  const staging = progression?.children?.find(({name}) => name === 'staging')
  assert.deepEqual(staging?.selectionRange, {start: {line: 11, character: 10}, end: {line: 11, character: 17}})
  assert.equal(staging?.range.start.line, 11)
})

test('several progressions of a file', async () => {
  await using client = await connect()
  const found = await symbols(client, `${shop}---\n${shop.replace('name: shop', 'name: other')}`)
  assert.deepEqual(
    found.map(({name}) => name),
    ['shop', 'other'],
  )
  for (const symbol of found) check(symbol)
  assert.ok(compare(found[0]?.range.end ?? {line: 99, character: 0}, found[1]?.range.start ?? {line: 0, character: 0}) <= 0)
})

test('every prefix of a text gives symbols an editor takes', async () => {
  await using client = await connect()
  for (let length = 0; length < shop.length; length += 7) for (const symbol of await symbols(client, shop.slice(0, length))) check(symbol)
})

test('a flat list for clients that know no other', async () => {
  await using client = await connect({capabilities: {textDocument: {diagnostic: {}}}})
  client.open(uri, shop)
  const found = await client.request<SymbolInformation[]>('textDocument/documentSymbol', {textDocument: {uri}})
  const dev = found.find(({name}) => name === 'dev')
  assert.equal(dev?.containerName, 'shop')
  assert.equal(dev?.location.uri, uri)
})
