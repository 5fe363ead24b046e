import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Document} from '../../../server/document/document.ts'
import type {Environment} from '../../../server/model/progression.ts'
import {type FlagsOfFile, flagsOfFile} from '../../../server/sources/flags/flag-file.ts'
import {read} from '../progression/reading.ts'

const at = {document: 'file:///w/progression.yaml', block: 1, start: 0, end: 1}

function flags(text: string, kind: 'file' | 'flagd', environment = 'staging'): FlagsOfFile {
  const progression = read(`apiVersion: progression.dev/v1\nname: shop\nenvironments: [{name: ${environment}}]\n`)
  return flagsOfFile(new Document('file:///w/flags.yaml', 1, text), kind, progression.environments.items[0] as Environment, at)
}

const values = ({values: found}: FlagsOfFile): Readonly<Record<string, unknown>> =>
  Object.fromEntries([...found].map(([name, {value}]) => [name, value.state === 'known' ? value.value : value.state]))

test('flags at the top level, as YAML or JSON', () => {
  assert.deepEqual(values(flags('new_ui: true\nbeta: false\n', 'file')), {new_ui: true, beta: false})
  assert.deepEqual(values(flags('{\n  "new_ui": true,\n  "beta": false\n}\n', 'file')), {new_ui: true, beta: false})
})

test('flags under feature_flags, and other keys beside it', () => {
  assert.deepEqual(values(flags('version: 3\nfeature_flags:\n  new_ui: true\n', 'file')), {new_ui: true})
})

test('a map for each environment, by its name or what its name means', () => {
  const text = 'feature_flags:\n  dev: {new_ui: true}\n  stage: {new_ui: false}\n  production: {new_ui: false, sale: true}\n'
  assert.deepEqual(values(flags(text, 'file', 'staging')), {new_ui: false})
  assert.deepEqual(values(flags(text, 'file', 'development')), {new_ui: true})
  assert.deepEqual(values(flags(text, 'file', 'prod-eu')), {new_ui: false, sale: true})
  assert.equal(flags(text, 'file', 'blue').open[0]?.why, 'flags.yaml says nothing of blue')
})

test('a value that is no plain one is unknown', () => {
  assert.deepEqual(values(flags('new_ui: true\nbeta: {percent: 10}\nlater:\n', 'file')), {new_ui: true, beta: 'unknown', later: 'unknown'})
})

test('each flag shows its place in the file', () => {
  const document = new Document('file:///w/flags.yaml', 1, 'feature_flags: {new_ui: true}\n')
  const environment = read('name: shop\nenvironments: [{name: dev}]\n').environments.items[0] as Environment
  const flag = flagsOfFile(document, 'file', environment, at).values.get('new_ui')
  assert.equal(flag && document.textOf(flag.at), 'new_ui')
})

test('flagd: enabled, with its default variant, and nothing that decides for each request', () => {
  const definition = (more: string) => `{"flags": {"a": {"state": "ENABLED", "variants": {"on": true, "off": false, "text": "x"}, ${more}}}}`
  assert.deepEqual(values(flags(definition('"defaultVariant": "on"'), 'flagd')), {a: true})
  assert.deepEqual(values(flags(definition('"defaultVariant": "off"'), 'flagd')), {a: false})
  assert.deepEqual(values(flags(definition('"defaultVariant": "text"'), 'flagd')), {a: 'x'})
  assert.deepEqual(values(flags(definition('"defaultVariant": "off", "targeting": {}'), 'flagd')), {a: false})
  assert.deepEqual(values(flags(definition('"defaultVariant": "off", "targeting": {"if": [1]}'), 'flagd')), {a: 'unknown'})
  assert.deepEqual(values(flags(definition('"defaultVariant": null'), 'flagd')), {a: 'unknown'})
  assert.deepEqual(values(flags(definition('"defaultVariant": "on"').replace('ENABLED', 'DISABLED'), 'flagd')), {a: false})
})

test('what is no such file leaves everything open', () => {
  for (const text of ['', '- a\n', 'feature_flags: [a]\n', 'a: {b\n'])
    assert.ok(flags(text, 'file').open.length > 0 || flags(text, 'file').values.size === 0, text)
  assert.equal(flags('new_ui: true\n', 'flagd').open[0]?.why, 'flags.yaml has no flags')
})
