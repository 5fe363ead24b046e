import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'
import {Ajv2020} from 'ajv/dist/2020.js'
import {parse} from 'yaml'
import {schema as written} from '../../../generated/schema.ts'
import {vocabulary} from '../../../server/model/schema-words.ts'
import {schemaAt, validateProgression} from '../../../server/sources/progression/schema.ts'
import type {SchemaError} from '../../../server/sources/progression/schema-error.ts'
import {unknownValue} from '../../../server/sources/progression/unknown.ts'
import {mistakes} from './mistakes.ts'

const whole = readFileSync(`${import.meta.dirname}/whole.yaml`, 'utf8')

/** What is left out of a snippet because every progression has it. */
function completed(snippet: string): string {
  const head = ['apiVersion: progression.dev/v1', 'name: shop'].filter(line => !new RegExp(`^${line.split(':')[0]}:`, 'm').test(snippet))
  // Keys that begin with a blank are those of an environment.
  const body = /^ /.test(snippet) ? `environments:\n  - name: staging\n${snippet.replace(/^ /gm, '    ')}` : snippet
  const tail = /^env\w*:/m.test(body) ? '' : '\nenvironments: [{name: dev}]'
  return [...head, body].join('\n') + tail
}

const said = (errors: readonly SchemaError[]): string => errors.map(({message}) => message).join('\n')

test('the whole format is right', () => {
  assert.equal(said(validateProgression(parse(whole))), '')
})

for (const {text, message, code = 'config/schema', at, target = 'value', suggestion} of mistakes)
  test(message.split('\n')[0] ?? '', () => {
    const errors = validateProgression(parse(completed(text)))
    assert.equal(said(errors), message)
    const [error] = errors
    assert.deepEqual({code: error?.code, at: error?.path.join('.'), target: error?.target, suggestion: error?.suggestion}, {code, at, target, suggestion})
  })

test('errors point at something: a key or value that is there, or the map that lacks a key', () => {
  for (const {text} of mistakes) {
    const value: unknown = parse(completed(text))
    for (const {path, kind} of validateProgression(value)) {
      const found = path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | undefined)?.[step], value)
      assert.notEqual(found, undefined, `${kind} at ${path.join('.')} in ${text}`)
    }
  }
})

test('finds something wrong exactly where the schema does', () => {
  const ajv = new Ajv2020({strict: true})
  for (const [keyword, {schemaType}] of Object.entries(vocabulary)) ajv.addKeyword({keyword, schemaType})
  const judge = ajv.compile(written)
  const texts = [whole, ...mistakes.map(({text}) => completed(text)), '1', '[]', '{}', 'x', '~']
  for (const text of texts) {
    const value: unknown = parse(text)
    assert.equal(validateProgression(value).length === 0, judge(value), text)
  }
})

test('takes a null wherever something can be inherited, and nowhere else', () => {
  const removed = (snippet: string): string => said(validateProgression(parse(completed(snippet))))
  for (const key of ['after', 'smoke', 'soak', 'rollback', 'flags', 'cluster', 'manifests', 'gates']) assert.equal(removed(` ${key}: ~`), '', key)
  for (const text of [
    ' smoke: {timeout: ~}',
    ' flags: {new_ui: ~}',
    'defaults: ~',
    'gates: {latency: ~}',
    'gates: {latency: {traffic: ~}}',
    'clusters: {a: {uid: ~}}',
  ])
    assert.equal(removed(text), '', text)
  assert.equal(removed(' targets: [{name: eu, wave: ~}]'), 'staging.targets.eu.wave cannot be null. Write a whole number, or leave the key out.')
  assert.equal(removed('name: ~'), 'name cannot be null. Write a name of lower-case letters, digits and hyphens.')
  assert.equal(removed('environments: ~'), 'environments cannot be null. Write a list of environments.')
})

test('a document that extends another one may leave its name and environments to it', () => {
  assert.equal(said(validateProgression({apiVersion: 'progression.dev/v1', extends: '../base.yaml'})), '')
  assert.equal(said(validateProgression({apiVersion: 'progression.dev/v1', extends: null})), 'A progression needs name and environments.')
})

test('says nothing about what is unknown, nor below it', () => {
  const value = parse(whole)
  const everywhere = (at: unknown): void => {
    if (typeof at !== 'object' || at === null) return
    const map = at as Record<string, unknown>
    for (const key of Object.keys(map)) {
      const before = map[key]
      map[key] = unknownValue
      assert.equal(said(validateProgression(value)), '', key)
      map[key] = before
      everywhere(before)
    }
  }
  everywhere(value)
  assert.deepEqual(validateProgression(unknownValue), [])
})

test('calls nothing missing in a map or list that is not read to its end', () => {
  const environment = {}
  const root = {apiVersion: 'progression.dev/v1', environments: [environment]}
  assert.equal(said(validateProgression(root)), 'A progression needs name.\nAn environment needs name.')
  assert.equal(said(validateProgression(root, {incomplete: new Set([root])})), 'An environment needs name.')
  assert.equal(said(validateProgression(root, {incomplete: new Set([root, environment])})), '')
  const between = ['staging']
  const parity = {...root, name: 'shop', environments: [{name: 'dev'}], parity: [{between}]}
  assert.equal(said(validateProgression(parity)), 'parity[0].between takes 2 items, not 1.')
  assert.equal(said(validateProgression(parity, {incomplete: new Set([between])})), '')
  between.push('production', 'live')
  assert.equal(said(validateProgression(parity, {incomplete: new Set([between])})), 'parity[0].between takes 2 items, not 3.')
})

test('a key that is wrong is wrong before its value is typed', () => {
  const value = {apiVersion: 'progression.dev/v1', name: 'shop', environments: [{name: 'dev', smok: unknownValue}]}
  assert.equal(said(validateProgression(value)), 'smok is not a key of an environment. Did you mean smoke?')
})

test('never shows what may be a secret', () => {
  const planted = 837_465_192
  const texts = [
    `notify: [{slack: {webhook: ${planted}}}]`,
    `notify: [{slack: {webhook: [${planted}]}}]`,
    `metrics: {prometheus: {url: 'https://p', headers: {Authorization: ${planted}}}}`,
  ]
  for (const text of texts) {
    const errors = validateProgression(parse(completed(text)))
    assert.equal(errors.length, 1, text)
    assert.ok(!JSON.stringify(errors).includes(String(planted)), said(errors))
  }
})

test('shows a long value cut and in one line', () => {
  const message = said(validateProgression(parse(completed(` soak: ${JSON.stringify(`a\nb ${'c'.repeat(200)}`)}`))))
  assert.ok(message.startsWith('staging.soak: a b ccc') && message.includes('…') && message.length < 160, message)
})

test('says at any path what may stand there', () => {
  assert.equal(schemaAt(['environments', 0, 'rollback', 'within'])?.default, '60s')
  assert.equal(schemaAt(['environments', 0, 'gates', 1, 'latency-p95', 'max'])?.title, 'Largest good value')
  assert.equal(schemaAt(['defaults', 'smoke', 'http', 0, 'get'])?.examples?.[0], '/healthz')
  assert.equal(schemaAt(['environments', 0, 'cluster'])?.['x-refers'], 'cluster')
  assert.equal(schemaAt(['manifests', 'helm', 'values', 0])?.['x-path'], 'file')
  assert.equal(schemaAt(['gates', 'error-rate', 'query'])?.['x-language'], 'promql')
  assert.equal(schemaAt(['environments', 0, 'nothing']), undefined)
})
