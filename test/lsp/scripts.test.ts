import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {Diagnostic} from 'vscode-languageserver-protocol'
import {connect, few} from './client.ts'
import {Folder} from './folder.ts'

const text = `apiVersion: progression.dev/v1
name: shop
defaults: {smoke: {run: [scripts/smoke.sh], timeout: 60s}, rollback: {within: 60s}}
environments:
  - name: staging
  - name: production
`
const settings = {rules: {...few, 'smoke/cannot-fail': 'warning'}}
const codes = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({code}) => code)

test('a script is read with the first answer, and points into its file', async () => {
  await using folder = await Folder.with({'progression.yaml': text, 'scripts/smoke.sh': '#!/bin/sh\ncurl --fail https://a || true\n'})
  await using client = await connect({folders: [folder.path], settings})
  const uri = folder.uri('progression.yaml')
  client.open(uri, text)
  const [finding, ...others] = await client.pull(uri)
  assert.deepEqual(others, [], 'what defaults bring into every environment is said once')
  assert.equal(finding?.code, 'smoke/cannot-fail')
  const [related] = finding?.relatedInformation?.filter(({location}) => location.uri.endsWith('.sh')) ?? []
  assert.deepEqual(related?.location, {uri: folder.uri('scripts/smoke.sh'), range: {start: {line: 1, character: 22}, end: {line: 1, character: 29}}})
})

test('typing in a script changes what is said of it', async () => {
  await using folder = await Folder.with({'progression.yaml': text, 'scripts/smoke.sh': '#!/bin/sh\ncurl --fail https://a || true\n'})
  await using client = await connect({folders: [folder.path], settings})
  const [uri, script] = [folder.uri('progression.yaml'), folder.uri('scripts/smoke.sh')]
  client.open(uri, text)
  assert.deepEqual(codes(await client.pull(uri)), ['smoke/cannot-fail'])
  client.open(script, '#!/bin/sh\ncurl --fail https://a\n')
  assert.deepEqual(codes(await client.pull(uri)), [])
  client.change(script, ' || :', {start: {line: 1, character: 21}, end: {line: 1, character: 21}})
  assert.deepEqual(codes(await client.pull(uri)), ['smoke/cannot-fail'])
})

test('a script that is written on the disk is found', async () => {
  await using folder = await Folder.with({'progression.yaml': text})
  await using client = await connect({folders: [folder.path], settings})
  const uri = folder.uri('progression.yaml')
  client.open(uri, text)
  assert.deepEqual(codes(await client.pull(uri)), ['config/missing-file'])
  await folder.write('scripts/smoke.sh', 'curl --fail https://a || true\n')
  client.notify('workspace/didChangeWatchedFiles', {changes: [{uri: folder.uri('scripts/smoke.sh'), type: 1}]})
  const found = await client.pullUntil(uri, diagnostics => codes(diagnostics).includes('smoke/cannot-fail'))
  assert.deepEqual(codes(found), ['smoke/cannot-fail'])
})
