import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Analysis, usualSettings} from '../server/analysis.ts'
import {Document} from '../server/document/document.ts'
import {MemoryFiles} from './memory-files.ts'

const {signal} = new AbortController()

function open(texts: Readonly<Record<string, string>>) {
  const files = new MemoryFiles(texts)
  const analysis = new Analysis({files, rootOf: async () => files.root, log: message => assert.fail(message), settings: () => usualSettings})
  const document = new Document(files.uri('progression.yaml'), 1, texts['progression.yaml'] ?? '')
  const codes = (of: Document = document): readonly string[] => analysis.textFindings(of).map(({code}) => code)
  return {files, analysis, document, codes}
}

const head = 'apiVersion: progression.dev/v1\nname: shop\n'
const withJob = {'progression.yaml': `${head}environments:\n  - {name: dev, smoke: {job: smoke.yaml, timeout: 60s}}\n`}

test('whether a file is there is unknown before anybody looked', async () => {
  const {analysis, document, codes} = open(withJob)
  assert.ok(!codes().includes('config/missing-file'))
  await analysis.prepare(document, signal)
  assert.ok(codes().includes('config/missing-file'))
})

test('a file that comes is found once it is told, and one that goes is missed', async () => {
  const {files, analysis, document, codes} = open(withJob)
  await analysis.prepare(document, signal)
  files.write('smoke.yaml', 'kind: Job')
  assert.equal(analysis.forget(files.uri('smoke.yaml')), true)
  await analysis.prepare(document, signal)
  assert.ok(!codes().includes('config/missing-file'))
  files.remove('smoke.yaml')
  assert.equal(analysis.forget(files.uri('smoke.yaml'), 'deleted'), true)
  await analysis.prepare(document, signal)
  assert.ok(codes().includes('config/missing-file'))
})

test('typing in the document itself forgets nothing', async () => {
  const {analysis, document} = open(withJob)
  await analysis.prepare(document, signal)
  assert.equal(analysis.forget(document.uri), false)
})

test('nothing is looked up again, and nothing made anew, for a document that did not change', async () => {
  const {files, analysis, document} = open(withJob)
  await analysis.prepare(document, signal)
  const [before] = analysis.progressions(document)
  const asked = files.asked.length
  await analysis.prepare(document, signal)
  assert.equal(files.asked.length, asked)
  assert.equal(analysis.progressions(document)[0], before)
})

const flagged = {
  'progression.yaml': `${head}environments:\n  - {name: staging, flags: {file: flags/staging.yaml}}\n  - {name: production, flags: {new_ui: true}}\n`,
  'flags/staging.yaml': 'new_ui: true\n',
}

test('flags follow their file', async () => {
  const {files, analysis, document, codes} = open(flagged)
  await analysis.prepare(document, signal)
  assert.ok(!codes().includes('flags/order'))
  files.write('flags/staging.yaml', 'new_ui: false\n')
  assert.equal(analysis.forget(files.uri('flags/staging.yaml')), true)
  await analysis.prepare(document, signal)
  assert.ok(codes().includes('flags/order'))
  const [finding] = analysis.textFindings(document).filter(({code}) => code === 'flags/order')
  const place = finding?.related[0]?.at
  assert.ok(place)
  assert.equal(analysis.documents(document).get(place.document)?.textOf(place), 'new_ui')
})

test('it says which files its findings depend on, those that are missing too', async () => {
  const {files, analysis, document} = open({
    ...flagged,
    'progression.yaml': `${flagged['progression.yaml']}extends: base.yaml\nmanifests: {kustomize: deploy}\n`,
    'deploy/kustomization.yaml': 'resources: []\n',
  })
  await analysis.prepare(document, signal)
  const reads = new Set(analysis.reads(document))
  for (const path of ['base.yaml', 'flags/staging.yaml', 'deploy', 'deploy/kustomization.yaml']) assert.ok(reads.has(files.uri(path)), path)
})

test('what is wrong in a base stands there, and the base is among the documents', async () => {
  const {files, analysis, document} = open({
    'progression.yaml': 'apiVersion: progression.dev/v1\nextends: base.yaml\nenvironments: [{name: staging}, {name: production}]\n',
    'base.yaml': 'name: shop\ndefaults: {smoke: {job: smoke.yaml}}\n',
    'smoke.yaml': 'kind: Job',
  })
  await analysis.prepare(document, signal)
  const [finding] = analysis.textFindings(document).filter(({code}) => code === 'smoke/no-timeout')
  assert.equal(finding?.at.document, files.uri('base.yaml'))
  assert.equal(finding && analysis.lookupOf(document)(finding.at.document)?.textOf(finding.at), 'smoke')
})
