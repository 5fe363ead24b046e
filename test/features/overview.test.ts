import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {CodeLens, InlayHint, SemanticTokens, SemanticTokensDelta, WorkspaceSymbol} from 'vscode-languageserver-protocol'
import {codeLenses} from '../../server/features/code-lenses.ts'
import {inlayHints} from '../../server/features/inlay-hints.ts'
import {semanticTokens} from '../../server/features/semantic-tokens.ts'
import {workspaceSymbols} from '../../server/features/workspace-symbols.ts'
import {type Desk, desk} from './desk.ts'

const shop = `
  name: shop
  gates:
    error-rate: {query: up, max: 1}
    latency: {query: up, max: 1}
  defaults:
    smoke: {service: 'web:http', http: [{get: /}]}
    gates: [error-rate, {latency: {max: 2}}]
    rollback: {within: 60s}
  environments:
    - name: dev
      gates: [error-rate]
      rollback: null
    - name: staging
      soak: 30m
    - name: production
      after: [dev, staging]
      approval: {required: 2}
`

test('a lens says where an environment is and what it asks', async () => {
  const {ask} = await desk(shop, {}, {commands: false})
  const found = (await ask(codeLenses)) as readonly CodeLens[]
  assert.deepEqual(
    found.map(({range, command}) => [range.start.line + 1, command]),
    [
      [10, {title: '1 of 3 · first · smoke, gates', command: ''}],
      [13, {title: '2 of 3 · after dev · smoke, gates, soak', command: ''}],
      [15, {title: '3 of 3 · after dev and staging · approval, smoke, gates', command: ''}],
    ],
  )
})

test('our extension gets what can be done there', async () => {
  const {ask, document} = await desk(shop)
  const found = (await ask(codeLenses)) as readonly CodeLens[]
  assert.deepEqual(
    found.slice(6).map(({command}) => [command?.title, command?.command, command?.arguments]),
    [
      ['3 of 3 · after dev and staging · approval, smoke, gates', 'progression.openFlowchart', [{progression: `${document.uri}#0`, node: 'production'}]],
      ['Promote…', 'progression.promote', [{progression: `${document.uri}#0`, node: 'production'}]],
      ['Roll Back…', 'progression.rollBack', [{progression: `${document.uri}#0`, node: 'production'}]],
    ],
  )
})

const everything = {start: {line: 0, character: 0}, end: {line: 1000, character: 0}}

const hintsOf = async ({ask}: Desk, range = everything) =>
  ((await ask(inlayHints, {range})) as readonly InlayHint[]).map(({position, label}) => [
    position.line + 1,
    typeof label === 'string' ? label : label.map(({value}) => value).join(''),
  ])

test('hints show what is inherited and not what is written or removed', async () => {
  assert.deepEqual(await hintsOf(await desk(shop)), [
    [10, 'smoke (defaults)'],
    [13, 'smoke · gates: error-rate, latency · rollback within 60s (defaults)'],
    [15, 'smoke · gates: error-rate, latency · rollback within 60s (defaults)'],
  ])
  assert.deepEqual((await hintsOf(await desk(shop), {start: {line: 12, character: 0}, end: {line: 13, character: 0}})).length, 1)
  assert.deepEqual(await hintsOf(await desk('defaults: {soak: null}\nenvironments:\n  - name: dev\n')), [])
})

test('a hint leads to where the value is written, in the base file too', async () => {
  const {ask, files} = await desk('extends: base.yaml\nenvironments:\n  - name: dev\n', {'base.yaml': 'defaults:\n  cluster: nonprod\n  soak: 5m\n'})
  const [hint] = (await ask(inlayHints, {range: everything})) as readonly InlayHint[]
  const parts = hint && typeof hint.label !== 'string' ? hint.label : []
  assert.deepEqual(
    parts.map(({value, location}) => [value, location?.uri, location?.range.start.line]),
    [
      ['cluster: nonprod', files.uri('base.yaml'), 1],
      [' · ', undefined, undefined],
      ['soak: 5m', files.uri('base.yaml'), 2],
      [' (defaults)', undefined, undefined],
    ],
  )
})

const [full, delta, range] = semanticTokens() as readonly unknown[] as [Parameters<Desk['ask']>[0], Parameters<Desk['ask']>[0], Parameters<Desk['ask']>[0]]

/** Each token as its text and type. */
function read({document}: Desk, data: readonly number[]): readonly string[] {
  const types = (full.capability.semanticTokensProvider as {legend: {tokenTypes: string[]}}).legend.tokenTypes
  const found: string[] = []
  let [line, character] = [0, 0]
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5)
    character = lines === 0 ? character + characters : characters
    line += lines
    const start = document.lines.offset({line, character})
    found.push(`${document.text.slice(start, start + length)} ${types[type]}${modifiers ? ' declaration' : ''}`)
  }
  return found
}

const tokens = `
  clusters: {nonprod: {}}
  gates:
    error-rate:
      query: ||
        up{namespace="\${namespace}"}
      window: 5m
  environments:
    - name: dev
      cluster: nonprod
      gates: [error-rate]
      flags: {new_ui: true}
    - {name: production, after: ["dev"], soak: '\${env.SOAK}'}
`

test('tokens tell names, variables and durations apart', async () => {
  const at = await desk(tokens)
  assert.deepEqual(read(at, ((await at.ask(full)) as SemanticTokens).data), [
    'nonprod class declaration',
    'error-rate function declaration',
    '${namespace} variable',
    '5m number',
    'dev namespace declaration',
    'nonprod class',
    'error-rate function',
    'new_ui enumMember declaration',
    'production namespace declaration',
    '"dev" namespace',
    '${env.SOAK} variable',
  ])
  assert.deepEqual(
    read(at, ((await at.ask(range, {range: {start: {line: 7, character: 0}, end: {line: 8, character: 0}}} as object)) as SemanticTokens).data),
    ['dev namespace declaration'],
  )
})

test('a token inside another is left out', async () => {
  const at = await desk("defaults: {gates: ['${environment}-errors']}\n")
  assert.deepEqual(read(at, ((await at.ask(full)) as SemanticTokens).data), ["'${environment}-errors' function"])
})

test('what changed gives the same tokens as the whole', async () => {
  const before = (await (await desk(tokens)).ask(full)) as SemanticTokens
  const at = await desk(tokens.replace('name: dev', 'name: develop').replace('window: 5m', 'window: 10m'))
  const change = (await at.ask(delta, {previousResultId: before.resultId} as object)) as SemanticTokensDelta
  assert.equal(change.edits.length, 1)
  const data = [...before.data]
  for (const {start, deleteCount, data: inserted = []} of change.edits) data.splice(start, deleteCount, ...inserted)
  assert.deepEqual(data, ((await at.ask(full)) as SemanticTokens).data)
  assert.ok('data' in ((await at.ask(delta, {previousResultId: 'unknown'} as object)) as object))
})

test('symbols of the workspace are found by letters in their order', async () => {
  const {around} = await desk(shop, {'other.progression.yaml': 'name: other\nenvironments:\n  - name: staging-eu\n---\nname: third\nclusters: {staging: {}}\n'})
  const search = async (query: string): Promise<readonly (string | undefined)[]> =>
    ((await workspaceSymbols.provide(around, {query}, new AbortController().signal)) as readonly WorkspaceSymbol[]).map(
      ({name, containerName, location}) => `${containerName ?? ''}/${name} ${location.uri.split('/').at(-1)}`,
    )
  assert.deepEqual(await search('stg'), ['other/staging-eu other.progression.yaml', 'third/staging other.progression.yaml', 'shop/staging progression.yaml'])
  assert.deepEqual(await search('Error'), ['shop/error-rate progression.yaml'])
  assert.equal((await search('')).length, 10)
})
