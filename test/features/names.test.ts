import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {Location, TextDocumentEdit, WorkspaceEdit} from 'vscode-languageserver-protocol'
import {definition} from '../../server/features/definition.ts'
import {documentHighlight} from '../../server/features/document-highlight.ts'
import {Refusal} from '../../server/features/feature.ts'
import {references} from '../../server/features/references.ts'
import {prepareRename, rename} from '../../server/features/rename.ts'
import {type Desk, dedent, desk, edited} from './desk.ts'

/** `file:line`, counted from 1, of each place. */
const places = (locations: readonly Location[] | Refusal | null): readonly string[] => {
  if (locations instanceof Refusal) return [locations.message]
  return (locations ?? []).map(({uri, range}) => `${uri.split('/').at(-1)}:${range.start.line + 1}`)
}

const base = `
  apiVersion: progression.dev/v1
  gates:
    error-rate: {query: up, max: 1}
  defaults:
    gates: [error-rate]
`

const shop = `
  apiVersion: progression.dev/v1
  name: shop
  clusters: {nonprod: {}}
  environments:
    - name: dev
      cluster: nonprod
    - name: sta|ging
      cluster: nonprod
    - name: production
      after: [staging]
      targets: [{name: eu, cluster: nonprod}]
  lanes:
    hotfix: {through: [staging, production]}
  parity:
    - between: [staging, production]
`

test('an environment is found from its uses', async () => {
  const {ask} = await desk(shop.replace('sta|ging', 'staging').replace('after: [staging]', 'after: [sta|ging]'))
  assert.deepEqual(places(await ask(definition)), ['progression.yaml:7'])
})

test('references of an environment are its uses everywhere', async () => {
  const {ask} = await desk(shop)
  assert.deepEqual(
    places(await ask(references, {context: {includeDeclaration: true}})),
    [7, 10, 13, 15].map(line => `progression.yaml:${line}`),
  )
  assert.deepEqual(
    places(await ask(references, {context: {includeDeclaration: false}})),
    [10, 13, 15].map(line => `progression.yaml:${line}`),
  )
})

test('nothing is said where no name stands', async () => {
  const {ask} = await desk(shop.replace('sta|ging', 'staging').replace('after:', 'af|ter:'))
  assert.equal(await ask(references, {context: {includeDeclaration: true}}), null)
  assert.equal(await ask(definition), null)
  assert.equal(await ask(documentHighlight), null)
  assert.equal(await ask(prepareRename), null)
})

test('a cluster is highlighted where it is written and where it is read, not where the word stands otherwise', async () => {
  const {ask} = await desk(shop.replace('sta|ging', 'staging').replace('{nonprod: {}}', '{non|prod: {context: nonprod}}'))
  const found = (await ask(documentHighlight)) as readonly {range: {start: {line: number; character: number}}; kind: number}[]
  assert.deepEqual(
    found.map(({range, kind}) => [range.start.line + 1, range.start.character, kind]),
    [
      [3, 11, 3],
      [6, 13, 2],
      [8, 13, 2],
      [11, 34, 2],
    ],
  )
})

const service = `
  apiVersion: progression.dev/v1
  name: shop
  extends: ./base.yaml
  environments:
    - name: dev
      gates: [{error|-rate: {max: 2}}]
`
const other = `
  apiVersion: progression.dev/v1
  name: other
  extends: ../base.yaml
  environments:
    - name: dev
      gates: [error-rate]
`
const unrelated = `
  apiVersion: progression.dev/v1
  name: unrelated
  gates: {error-rate: {query: up, max: 1}}
  environments:
    - name: dev
      gates: [error-rate]
`

test('a gate of the base file is found from the file that extends it', async () => {
  const {ask} = await desk(service, {'base.yaml': base, 'other/progression.yaml': other})
  assert.deepEqual(places(await ask(definition)), ['base.yaml:3'])
  assert.deepEqual(places(await ask(references, {context: {includeDeclaration: true}})), [
    'base.yaml:3',
    'base.yaml:5',
    'progression.yaml:6',
    'progression.yaml:6',
  ])
})

/** Every changed file after an edit of the workspace. */
function after({documentAt}: Desk, answer: WorkspaceEdit | Refusal | null): Readonly<Record<string, string>> {
  assert.ok(answer && !(answer instanceof Refusal))
  const changes = (answer.documentChanges ?? []) as TextDocumentEdit[]
  return Object.fromEntries(
    changes.map(({textDocument: {uri}, edits}) => {
      const path = uri.slice('file:///workspace/'.length)
      return [path, edited(documentAt(path), edits as [])]
    }),
  )
}

test('renaming a gate changes every file that builds on its base, and no other', async () => {
  const at = await desk(service, {'base.yaml': base, 'other/progression.yaml': other, 'unrelated.progression.yaml': unrelated})
  const answer = await at.ask(rename, {newName: 'errors'})
  assert.deepEqual(after(at, answer), {
    'base.yaml': dedent(base).replaceAll('error-rate', 'errors'),
    'progression.yaml': dedent(service).replace('|', '').replaceAll('error-rate', 'errors'),
    'other/progression.yaml': dedent(other).replaceAll('error-rate', 'errors'),
  })
  const versions = (answer as WorkspaceEdit).documentChanges?.map(change => (change as TextDocumentEdit).textDocument.version)
  assert.deepEqual(versions, [3, 3, 7])
})

test('renaming keeps quotes, and asks for the name alone', async () => {
  const at = await desk(`
    environments:
      - name: "de|v"
      - name: production
        after: ['dev']
  `)
  assert.deepEqual(await at.ask(prepareRename), {range: {start: {line: 1, character: 11}, end: {line: 1, character: 14}}, placeholder: 'dev'})
  assert.equal(
    after(at, await at.ask(rename, {newName: 'development'}))['progression.yaml'],
    'environments:\n  - name: "development"\n  - name: production\n    after: [\'development\']\n',
  )
})

test('a new name that YAML takes for something else gets quotes', async () => {
  const at = await desk('gates:\n  err|ors: {query: up}\ndefaults: {gates: [errors]}\n')
  assert.equal(after(at, await at.ask(rename, {newName: '5e3'}))['progression.yaml'], "gates:\n  '5e3': {query: up}\ndefaults: {gates: ['5e3']}\n")
})

test('a name that cannot be is refused in words', async () => {
  const {ask} = await desk(shop)
  const refused = async (newName: string): Promise<string> => {
    const answer = await ask(rename, {newName})
    assert.ok(answer instanceof Refusal)
    return answer.message
  }
  assert.equal(
    await refused('Staging EU'),
    '"Staging EU" cannot be the name of an environment. Write a name of lower-case letters, digits and hyphens, at most 63 of them.',
  )
  assert.equal(await refused('production'), 'There is already an environment production. Two need two names.')
  assert.match(await refused(''), /^Nothing cannot be the name of an environment\./)
})

test('a client without versioned edits gets plain ones', async () => {
  const {ask, document} = await desk(shop, {}, {versionedEdits: false})
  const answer = (await ask(rename, {newName: 'stage'})) as WorkspaceEdit
  assert.equal(answer.changes?.[document.uri]?.length, 4)
})

test('variables of the format keep their names, those of the process do not', async () => {
  const fixed = await desk("environments:\n  - {name: dev, namespace: 'shop-${environ|ment}'}\n")
  const answer = await fixed.ask(prepareRename)
  assert.ok(answer instanceof Refusal)
  assert.equal(answer.message, '${environment} is a variable of the format, so its name cannot be changed.')
  const free = await desk("notify: [{slack: {webhook: '${env.SLA|CK}'}}]\nmetrics: {prometheus: {url: 'https://${env.SLACK}'}}\n")
  assert.equal(
    after(free, await free.ask(rename, {newName: 'env.HOOK'}))['progression.yaml'],
    "notify: [{slack: {webhook: '${env.HOOK}'}}]\nmetrics: {prometheus: {url: 'https://${env.HOOK}'}}\n",
  )
  assert.ok((await free.ask(rename, {newName: 'HOOK'})) instanceof Refusal)
})

test('a variable leads to what fills it', async () => {
  const text = `
    manifests: {kustomize: 'overlays/\${environment}'}
    environments:
      - name: dev
        namespace: shop
      - name: production
        namespace: 'shop-\${environ|ment}'
        smoke: {url: 'https://\${namespace}.example.com', http: [{get: /}]}
  `
  const own = await desk(text)
  assert.deepEqual(places(await own.ask(definition)), ['progression.yaml:5'])
  const namespace = await desk(text.replace('environ|ment', 'environment').replace('{namespace}', '{name|space}'))
  assert.deepEqual(places(await namespace.ask(definition)), ['progression.yaml:6'])
  const every = await desk(text.replace('environ|ment', 'environment').replace('overlays/${environment}', 'overlays/${|environment}'))
  assert.deepEqual(places(await every.ask(definition)), ['progression.yaml:3', 'progression.yaml:5'])
})

test('an alias leads to the anchor above it, and both are renamed', async () => {
  const text = `
    x-smoke: &check {url: 'https://a'}
    environments:
      - {name: dev, smoke: *check}
      - {name: staging, smoke: &check {url: 'https://b'}}
      - {name: production, smoke: *ch|eck}
  `
  const at = await desk(text)
  assert.deepEqual(places(await at.ask(definition)), ['progression.yaml:4'])
  const changed = after(at, await at.ask(rename, {newName: 'second'}))['progression.yaml']
  assert.equal(
    changed,
    dedent(text)
      .replace('|', '')
      .replace('staging, smoke: &check', 'staging, smoke: &second')
      .replace(/\*check\}\n$/, '*second}\n'),
  )
})

test('names inside an anchored map count once', async () => {
  const {ask} = await desk(`
    clusters: {nonprod: {}}
    x-place: &place {cluster: non|prod}
    environments:
      - {name: dev, <<: *place}
      - {name: staging, <<: *place}
  `)
  assert.deepEqual(places(await ask(references, {context: {includeDeclaration: true}})), ['progression.yaml:1', 'progression.yaml:2'])
})

test('documents of one file are progressions of their own', async () => {
  const {ask} = await desk('name: a\nenvironments:\n  - name: dev\n---\nname: b\nenvironments:\n  - name: d|ev\n')
  assert.deepEqual(places(await ask(references, {context: {includeDeclaration: true}})), ['progression.yaml:7'])
})

test('nobody builds on the second document of a file', async () => {
  const at = await desk('name: a\n---\nname: b\ngates: {er|rors: {query: up}}\n', {
    'other.progression.yaml': 'extends: progression.yaml\ndefaults: {gates: [errors]}\n',
  })
  assert.deepEqual(Object.keys(after(at, await at.ask(rename, {newName: 'x'}))), ['progression.yaml'])
})

test('targets of two environments may have one name', async () => {
  const at = await desk(`
    environments:
      - {name: staging, targets: [{name: e|u}]}
      - {name: production, targets: [{name: eu}]}
  `)
  assert.equal(
    after(at, await at.ask(rename, {newName: 'us'}))
      ['progression.yaml']?.match(/name: (eu|us)/g)
      ?.join(),
    'name: us,name: eu',
  )
})
