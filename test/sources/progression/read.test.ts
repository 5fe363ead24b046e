import assert from 'node:assert/strict'
import {test} from 'node:test'
import {knownValue} from '../../../server/model/fact.ts'
import {environmentNamed, isProduction} from '../../../server/model/progression.ts'
import {messages, read, readings, uri} from './reading.ts'

const head = 'apiVersion: progression.dev/v1\nname: shop\n'

test('environments follow each other in the order they are written', () => {
  const {transitions} = read(`${head}environments:\n  - name: dev\n  - name: staging\n  - name: production\n`)
  assert.deepEqual(
    transitions.items.map(({from, to, because}) => [from, to, because]),
    [
      ['dev', 'staging', 'listed'],
      ['staging', 'production', 'listed'],
    ],
  )
  assert.deepEqual(transitions.open, [])
})

test('after takes the place of the order, and several mean all of them', () => {
  const {transitions} = read(`${head}environments:\n  - name: dev\n  - name: load\n    after: [dev]\n  - name: production\n    after: [dev, load]\n`)
  assert.deepEqual(
    transitions.items.map(({from, to}) => `${from}>${to}`),
    ['dev>load', 'dev>production', 'load>production'],
  )
})

test('an entry that cannot be read leaves what follows it unknown, and nothing else', () => {
  const progression = read(`${head}environments:\n  - name: dev\n  - nam\n  - name: staging\n  - name: production\n`)
  assert.deepEqual(
    progression.transitions.items.map(({from, to}) => `${from}>${to}`),
    ['staging>production'],
  )
  assert.equal(progression.environments.open.length, 1)
})

test('defaults are merged deeply, a null removes, an empty value is unknown', () => {
  const progression = read(`${head}defaults:
  rollback: {within: 60s}
  smoke: {service: 'web:http', http: [{get: /}], timeout: 30s}
environments:
  - name: dev
  - name: test
    rollback: ~
  - name: staging
    rollback:
  - name: production
    smoke: {timeout: 90s}
`)
  const state = (name: string) => environmentNamed(progression, name)?.rollback.state
  assert.deepEqual(['dev', 'test', 'staging', 'production'].map(state), ['known', 'absent', 'unknown', 'known'])
  const smoke = environmentNamed(progression, 'production')?.steps.items.find(({kind}) => kind === 'smoke')
  assert.equal(smoke?.detail, '1 request in 90s')
})

test('a block that does not parse makes nothing absent', () => {
  const progression = read(`${head}environments:\n  - name: production\n    rollb\n`)
  assert.equal(environmentNamed(progression, 'production')?.rollback.state, 'unknown')
  assert.equal(messages(progression).length, 1)
})

test('anchors and merge keys give their values their own places', () => {
  const {document, readings: found} = readings(`${head}x-usual: &usual\n  rollback: {within: 45s}\nenvironments:\n  - name: production\n    <<: *usual\n`)
  const rollback = found[0]?.progression.environments.items[0]?.rollback
  assert.equal(rollback?.state === 'known' && knownValue(rollback.value.within), 45_000)
  assert.equal(rollback && document.range(rollback.at)?.start.line, 3)
})

test('an alias without an anchor is said once, at the alias', () => {
  assert.deepEqual(messages(read(`${head}environments:\n  - name: dev\n    rollback: *gone\n`)), [
    'config/schema: *gone refers to no anchor above it. Write &gone where the value stands.',
  ])
})

test('an alias bomb is said and not followed', () => {
  const levels = Array.from(
    {length: 9},
    (_, index) =>
      `  - &a${index} [${Array(9)
        .fill(index === 0 ? 'x' : `*a${index - 1}`)
        .join(', ')}]`,
  )
  const progression = read(`${head}x-bomb:\n${levels.join('\n')}\nenvironments:\n  - name: dev\n`)
  assert.match(messages(progression).join('\n'), /more than 20000 values/)
})

test('targets inherit from their environment, and variables are filled for each', () => {
  const progression = read(`${head}manifests: {kustomize: 'deploy/\${environment}/\${target}'}
environments:
  - name: production
    cluster: eu
    namespace: 'shop-\${target}'
    targets:
      - {name: eu, wave: 1}
      - {name: us, cluster: us, wave: 2}
`)
  const targets = environmentNamed(progression, 'production')?.targets.items ?? []
  assert.deepEqual(
    targets.map(target => [
      knownValue(target.cluster),
      knownValue(target.namespace),
      knownValue(target.manifests)?.map(source => source.kind === 'kustomize' && source.folder),
    ]),
    [
      ['eu', 'shop-eu', ['file:///w/deploy/production/eu']],
      ['us', 'shop-us', ['file:///w/deploy/production/us']],
    ],
  )
})

test('a name makes a production where nothing else is said', () => {
  const progression = read(
    `${head}environments:\n  - name: pre-prod\n  - name: prod-eu\n  - {name: live, production: false}\n  - {name: shop, production: true}\n`,
  )
  assert.deepEqual(progression.environments.items.map(isProduction), [false, true, false, true])
})

test('extends brings in a base, and a base that is missing makes nothing absent', () => {
  const text = `${head}extends: base.progression.yaml\nenvironments:\n  - name: production\n`
  const base = 'apiVersion: progression.dev/v1\ndefaults: {rollback: {within: 60s}}\n'
  assert.equal(read(text, {'base.progression.yaml': base}).environments.items[0]?.rollback.state, 'known')
  const alone = read(text)
  assert.deepEqual(messages(alone), ['config/missing-file: There is no file base.progression.yaml, which this progression extends.'])
  assert.notEqual(alone.environments.items[0]?.rollback.state, 'absent')
})

test('a file that extends itself is told so', () => {
  assert.match(messages(read(`${head}extends: a.yaml\n`, {'a.yaml': 'extends: progression.yaml\n', 'progression.yaml': 'extends: a.yaml\n'})).join(), /circle/)
})

test('several documents are several progressions', () => {
  const {readings: found} = readings(`${head}---\napiVersion: progression.dev/v1\nname: pay\n`)
  assert.deepEqual(
    found.map(({progression}) => [progression.name, progression.index]),
    [
      ['shop', 0],
      ['pay', 1],
    ],
  )
})

test('an unknown apiVersion is one message and nothing more', () => {
  assert.deepEqual(messages(read('apiVersion: progression.dev/v9\nname: shop\nwhat: ever\n')), [
    'config/schema: apiVersion progression.dev/v9 is not known. This version reads progression.dev/v1.',
  ])
})

test('an unknown variable is shown inside its string', () => {
  const {document, readings: found} = readings(`${head}manifests: {kustomize: 'deploy/\${enviroment}'}\nenvironments: [{name: dev}]\n`)
  const problem = found[0]?.progression.problems[0]
  assert.equal(problem?.code, 'config/unknown-variable')
  assert.equal(problem && document.textOf(problem.at), 'enviroment')
  assert.equal(problem?.suggestion, 'environment')
})

test('places survive an edit above them', () => {
  const {document} = readings(`${head}environments:\n  - name: dev\n`)
  const at = document.sections[0]?.section.blocks.at(-1)?.block.id ?? 0
  const edited = document.edit([{range: {start: {line: 0, character: 0}, end: {line: 0, character: 0}}, text: '# a comment\n'}], 2)
  assert.deepEqual(edited.range({document: uri, block: at, start: 4, end: 8})?.start, {line: 4, character: 4})
})

test('what merging leaves incomplete is said once, where it was written', () => {
  const progression = read(
    `${head}defaults: {smoke: {timeout: 30s}}\nenvironments:\n  - name: dev\n  - name: staging\n  - name: prod\n    smoke: {service: 'web:http', http: [{get: /}]}\n`,
  )
  assert.deepEqual(messages(progression), ['config/schema: dev.smoke needs http, job or run.'])
})
