import assert from 'node:assert/strict'
import {after, test} from 'node:test'
import type {
  CompletionList,
  DocumentLink,
  Hover,
  Location,
  MarkupContent,
  SemanticTokens,
  TextDocumentEdit,
  WorkspaceEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver-protocol'
import {type Client, connect, Refused} from '../lsp/client.ts'
import {Folder} from '../lsp/folder.ts'
import {cursorIn, dedent} from './desk.ts'

const files = {
  'base.progression.yaml': `
    apiVersion: progression.dev/v1
    gates:
      error-rate: {query: up, max: 1}
  `,
  'other/progression.yaml': `
    apiVersion: progression.dev/v1
    name: other
    extends: ../base.progression.yaml
    environments: [{name: dev, gates: [error-rate]}]
  `,
  'deploy/overlays/dev/kustomization.yaml': 'resources: []\n',
}
const folder = await Folder.with(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, dedent(text)])))
const uri = folder.uri('progression.yaml')
const client: Client = await connect({
  folders: [folder.path],
  capabilities: {
    textDocument: {completion: {completionItem: {snippetSupport: true, insertTextModeSupport: {valueSet: [1, 2]}}}},
    workspace: {workspaceEdit: {documentChanges: true}, configuration: true},
  },
})
after(async () => {
  await client.stop()
  await folder[Symbol.asyncDispose]()
})

const shop = `
  apiVersion: progression.dev/v1
  name: shop
  extends: base.progression.yaml
  manifests: {kustomize: 'deploy/overlays/\${environment}'}
  environments:
    - name: dev
      gates: [error-rate]
    - name: production
      after: [dev]
`

/** What the server answers about the cursor of a text that is open in the editor and nowhere else. */
async function ask<T>(method: string, marked: string, more: object = {}): Promise<T> {
  const {text, offset} = cursorIn(dedent(marked))
  const lines = text.slice(0, offset).split('\n')
  client.open(uri, '')
  client.change(uri, text)
  try {
    return await client.request<T>(method, {textDocument: {uri}, position: {line: lines.length - 1, character: lines.at(-1)?.length ?? 0}, ...more})
  } finally {
    client.close(uri)
  }
}

test('completion over standard input and output', async () => {
  const list = await ask<CompletionList>('textDocument/completion', shop.replace('[dev]', '[|]'))
  assert.deepEqual(
    list.items.map(({label, textEdit}) => [label, textEdit?.newText]),
    [['dev', 'dev']],
  )
  const keys = await ask<CompletionList>('textDocument/completion', `${shop}      smo|\n`)
  const smoke = keys.items.find(({label}) => label === 'smoke')
  assert.deepEqual([smoke?.insertTextFormat, smoke?.insertTextMode], [2, 1])
  assert.match(smoke?.textEdit?.newText ?? '', /^smoke:\n {6}service: '\$\{1:web\}:\$\{2:http\}'\n/)
})

test('completion reads the disk', async () => {
  const list = await ask<CompletionList>('textDocument/completion', shop.replace('overlays/${environment}', 'overlays/|'))
  assert.deepEqual(
    list.items.map(({label, detail}) => [label, detail]),
    [['dev', 'a kustomization']],
  )
})

test('completion knows what the base file defines', async () => {
  const list = await ask<CompletionList>('textDocument/completion', shop.replace('[error-rate]', '[|]'))
  assert.equal(list.items.find(({label}) => label === 'error-rate')?.detail, 'gate of base.progression.yaml')
})

test('hover over standard input and output', async () => {
  const {contents} = await ask<Hover>('textDocument/hover', shop.replace('error-rate', 'error|-rate'))
  assert.match((contents as MarkupContent).value, /^\*\*error-rate\*\* · gate\n\nPasses while the number of the query is at most \*\*1\*\*\./)
})

test('definition and references over files', async () => {
  const place = ({uri: at, range}: Location): string => `${at.slice(folder.uri().length + 1)}:${range.start.line + 1}`
  const marked = shop.replace('error-rate', 'error|-rate')
  assert.deepEqual((await ask<Location[]>('textDocument/definition', marked)).map(place), ['base.progression.yaml:3'])
  const references = await ask<Location[]>('textDocument/references', marked, {context: {includeDeclaration: true}})
  assert.deepEqual(references.map(place).sort(), ['base.progression.yaml:3', 'other/progression.yaml:4', 'progression.yaml:7'])
})

test('rename over files: open ones by their version, others without', async () => {
  const {documentChanges = []} = await ask<WorkspaceEdit>('textDocument/rename', shop.replace('error-rate', 'error|-rate'), {newName: 'errors'})
  const changed = (documentChanges as TextDocumentEdit[]).map(({textDocument, edits}) => [
    textDocument.uri.slice(folder.uri().length + 1),
    textDocument.version,
    edits.length,
  ])
  assert.deepEqual(changed.toSorted(), [
    ['base.progression.yaml', null, 1],
    ['other/progression.yaml', null, 1],
    ['progression.yaml', 2, 1],
  ])
})

test('a rename that cannot be is refused in words', async () => {
  await assert.rejects(ask('textDocument/rename', shop.replace('name: dev', 'name: d|ev'), {newName: 'Dev!'}), (error: unknown) => {
    assert.ok(error instanceof Refused)
    assert.equal(error.error.code, -32803)
    assert.match(error.error.message, /^"Dev!" cannot be the name of an environment\./)
    return true
  })
})

test('links, tokens and symbols over standard input and output', async () => {
  const links = await ask<DocumentLink[]>('textDocument/documentLink', shop)
  assert.deepEqual(
    links.map(({target}) => target?.slice(folder.uri().length + 1)),
    ['base.progression.yaml', 'deploy/overlays/dev/kustomization.yaml'],
  )
  const tokens = await ask<SemanticTokens>('textDocument/semanticTokens/full', shop)
  assert.equal(tokens.data.length, 5 * 5)
  const symbols = await client.request<WorkspaceSymbol[]>('workspace/symbol', {query: 'error'})
  assert.deepEqual(
    symbols.map(({name}) => name),
    ['error-rate'],
  )
})

test('a file that is none of ours gets no answer', async () => {
  const foreign = folder.uri('values.yaml')
  client.open(foreign, 'environments:\n  - name: dev\n', 'yaml')
  const position = {line: 1, character: 6}
  for (const method of [
    'completion',
    'hover',
    'definition',
    'references',
    'documentHighlight',
    'prepareRename',
    'documentLink',
    'foldingRange',
    'codeLens',
    'semanticTokens/full',
  ])
    assert.equal(await client.request(`textDocument/${method}`, {textDocument: {uri: foreign}, position, context: {includeDeclaration: true}}), null, method)
  client.close(foreign)
})
