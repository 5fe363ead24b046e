import assert from 'node:assert/strict'
import {after, test} from 'node:test'
import type {Hover, MarkupContent} from 'vscode-languageserver-protocol'
import {connect, cursorIn} from '../lsp/client.ts'

const client = await connect()
after(() => client.stop())
const uri = 'file:///nowhere/progression.yaml'

async function hover(marked: string): Promise<{readonly text: string; readonly word: string} | undefined> {
  const {text, position} = cursorIn(marked)
  client.open(uri, marked)
  const found = await client.request<Hover | null>('textDocument/hover', {textDocument: {uri}, position})
  client.close(uri)
  if (!found) return undefined
  const {start, end} = found.range ?? assert.fail('no range')
  assert.equal(start.line, end.line)
  return {text: (found.contents as MarkupContent).value, word: text.split('\n')[start.line]?.slice(start.character, end.character) ?? ''}
}

const shop = `apiVersion: progression.dev/v1
name: shop
clusters: {local: {context: local}}
defaults: {cluster: local}
environments:
  - name: dev
    namespace: development
  - name: staging
    namespace: staging
    smoke: {service: 'shop:http', http: [{get: /healthz}], timeout: 60s}
    soak: 30m
  - name: production
    after: [staging]
    rollback: {within: 60s}
    targets:
      - {name: eu, namespace: shop-eu, wave: 1}
      - {name: us, namespace: shop-us, wave: 2}
lanes:
  hotfix: {through: [staging, production]}
`

/** The cursor that many characters into the first place where a text stands. */
const at = (where: string, offset = 0): string => {
  const index = shop.indexOf(where) + offset
  return `${shop.slice(0, index)}|${shop.slice(index)}`
}

test('an environment: tier, place in the order, neighbours, where it runs', async () => {
  const found = await hover(at('staging', 2))
  assert.equal(found?.word, 'staging')
  assert.match(found?.text ?? '', /^\*\*staging\*\* · environment 2 of 3 · staging/)
  assert.match(found?.text ?? '', /Comes after `dev` and comes before `production`\./)
  assert.match(found?.text ?? '', /Runs in cluster `local`, namespace `staging`\./)
})

test('its steps in their order', async () => {
  const {text = ''} = (await hover(at('staging', 2))) ?? {}
  const line = text.split('\n').find(one => one.startsWith('Steps:')) ?? ''
  assert.ok(line.indexOf('smoke') > line.indexOf('rollout') && line.indexOf('soak') > line.indexOf('smoke'), text)
  assert.match(line, /soak \(30m\)/)
})

test('the first one, and that nothing rolls it back', async () => {
  const {text = ''} = (await hover(at('name: dev', 7))) ?? {}
  assert.match(text, /Is where a release starts and comes before `staging`\./)
  assert.match(text, /Nothing rolls it back by itself\./)
})

test('the last one, its targets and its rollback', async () => {
  const {text = ''} = (await hover(at('name: production', 8))) ?? {}
  assert.match(text, /^\*\*production\*\* · environment 3 of 3 · production/)
  assert.match(text, /Comes after `staging` and is where it ends\./)
  assert.match(text, /- `eu`: cluster `local`, namespace `shop-eu`, wave 1\n- `us`: cluster `local`, namespace `shop-us`, wave 2/)
  assert.match(text, /Rolled back by itself within 60s\./)
})

test('the same where an environment is named by others', async () => {
  assert.match((await hover(at('[staging]', 3)))?.text ?? '', /^\*\*staging\*\*/)
  assert.match((await hover(at('staging, production]', 12)))?.text ?? '', /^\*\*production\*\*/)
})

test('a key has the words of the format', async () => {
  const found = await hover(at('soak:', 1))
  assert.equal(found?.word, 'soak')
  assert.match(found?.text ?? '', /^\*\*soak\*\* · /)
  assert.match(found?.text ?? '', /Example: `30m`/)
  assert.match((await hover(at('within:', 2)))?.text ?? '', /^\*\*within\*\*/)
})

test('nothing where there is nothing to say', async () => {
  assert.equal(await hover('|\n\nname: shop\n'), undefined)
  assert.equal(await hover(at('    namespace: staging', 1)), undefined)
  assert.equal(await hover('nobody: k|nows\n'), undefined)
})

test('what is unknown is not claimed', async () => {
  const {text = ''} = (await hover('name: shop\nenvironments:\n  - name: de|v\n    namespace:\n  - name: st\n    x: [\n')) ?? {}
  assert.match(text, /^\*\*dev\*\*/)
  assert.doesNotMatch(text, /namespace|is where it ends|comes before/)
})

test('names from a file are no markup', async () => {
  const {text = ''} = (await hover("name: shop\nenvironments:\n  - name: 'a|*b*[x](y)`'\n    namespace: 'n`s'\n")) ?? {}
  assert.match(text, /^\*\*a\\\*b\\\*\\\[x\\\]\(y\)\\`\*\*/)
  assert.match(text, /``n`s``/)
})
