import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Document} from '../../../server/document/document.ts'
import {scalarOffsets} from '../../../server/document/scalar-offsets.ts'
import {knownValue} from '../../../server/model/fact.ts'
import type {Gate} from '../../../server/model/gate.ts'
import {readSection} from '../../../server/sources/progression/source.ts'

function read(text: string) {
  const document = new Document('file:///progression.yaml', 1, `apiVersion: progression.dev/v1\nname: shop\n${text}`)
  const section = document.sections[0]?.section ?? assert.fail('no section')
  const {progression} = readSection(document, section, 0, () => ({state: 'missing'}), {}) ?? assert.fail('no progression')
  return {document, progression, gate: (name: string): Gate => progression.gates.items.find(gate => gate.name === name) ?? assert.fail(name)}
}

test('limits are read in every spelling', () => {
  const {gate} = read(`gates:
  a: {query: x, max: 0.01, min: '2'}
  b: {query: x, max: 1%, min: 500ms}
  c: {query: x, max: 256Mi, min: 2k}
  d: {query: x, between: [1m, 1e3]}
  e: {query: x, max: a lot}
environments: []
`)
  const limits = (name: string): unknown => [knownValue(gate(name).max), knownValue(gate(name).min)].map(limit => limit && [limit.value, limit.unit])
  assert.deepEqual(limits('a'), [
    [0.01, 'number'],
    [2, 'number'],
  ])
  assert.deepEqual(limits('b'), [
    [0.01, 'percent'],
    [0.5, 'duration'],
  ])
  assert.deepEqual(limits('c'), [
    [256 * 1024 ** 2, 'quantity'],
    [2000, 'quantity'],
  ])
  assert.deepEqual(
    knownValue(gate('d').between)?.map(({value, written}) => [value, written]),
    [
      [60, '1m'],
      [1000, '1e3'],
    ],
  )
  assert.equal(gate('e').max.state, 'unknown')
})

test('everything a gate may say is read', () => {
  const {gate} = read(`gates:
  a: {query: x, max: 1, window: 10m, interval: 10s, failAfter: 3, passAfter: 2, series: all, compare: previous, onNoData: fail, traffic: {query: y, min: 5}}
  b:
environments: []
`)
  const {window, interval, failAfter, passAfter, series, compare, onNoData, traffic} = gate('a')
  assert.deepEqual([window, interval, failAfter, passAfter, series, compare, onNoData].map(knownValue as (fact: unknown) => unknown), [
    600_000,
    10_000,
    3,
    2,
    'all',
    'previous',
    'fail',
  ])
  assert.equal(knownValue(knownValue(traffic)?.query ?? assert.fail())?.text, 'y')
  assert.equal(gate('b').query.state, 'unknown')
})

test('a query knows how it is written, so that its parts can be found', () => {
  const {gate, document} = read(`gates:
  plain: {query: sum(up)}
  single: {query: 'up{a="it''s"} + here'}
  double: {query: "up{a=\\"b\\"} + here"}
  literal:
    query: |
      up
        + here
  folded:
    query: >-
      up
      + here
environments: []
`)
  for (const name of ['single', 'double', 'literal', 'folded']) {
    const {query} = gate(name)
    assert.equal(query.state, 'known')
    if (query.state !== 'known') continue
    const {text, written, style} = query.value
    const start = text.indexOf('here')
    const source = scalarOffsets(written, style, text)?.toSource(start, start + 4) ?? assert.fail(name)
    assert.equal(document.textOf({...query.at, start: query.at.start + source.start, end: query.at.start + source.end}), 'here', name)
  }
})

test('an environment overrides keys, and takes them away with null', () => {
  const {progression} = read(`gates: {a: {query: x, max: 1}}
environments:
  - name: dev
    gates: [a, {a: {max: 2, min: ~, window: }}]
`)
  const [plain, other] = progression.environments.items[0]?.gates.items ?? []
  assert.deepEqual(plain?.overrides, {})
  assert.deepEqual(
    Object.entries(other?.overrides ?? {}).map(([key, fact]) => [key, fact.state]),
    [
      ['max', 'known'],
      ['min', 'absent'],
      ['window', 'unknown'],
    ],
  )
})
