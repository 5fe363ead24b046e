import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {parser} from '@prometheus-io/lezer-promql'
import {Document} from '../../server/document/document.ts'
import type {Gate} from '../../server/model/gate.ts'
import {aggregations} from '../../server/promql/aggregations.ts'
import {completePromql, type QueryItem} from '../../server/promql/complete.ts'
import {describePromql, durationInWords} from '../../server/promql/describe.ts'
import {explainGate} from '../../server/promql/explain-gate.ts'
import {functions} from '../../server/promql/functions.ts'
import {readPromql} from '../../server/promql/read.ts'
import {vocabularyOf} from '../../server/promql/vocabulary.ts'
import {readSection} from '../../server/sources/progression/source.ts'

const words = vocabularyOf([
  'sum(rate(http_requests_total{namespace="${namespace}",status=~"5.."}[5m])) / sum by (job) (job:errors:rate5m{job="shop"})',
  'up{job="worker"} and half{',
])

/** What is offered at `|`, and what it takes the place of. */
function complete(marked: string): {readonly items: readonly QueryItem[]; readonly labels: readonly string[]; readonly replaced: string} {
  const offset = marked.indexOf('|')
  const query = marked.replace('|', '')
  const {start, end, items} = completePromql(query, offset, words)
  return {items, labels: items.map(({label}) => label), replaced: query.slice(start, end)}
}

test('the words of a file are its metrics, labels and values', () => {
  assert.deepEqual(
    [...words.metrics],
    [
      ['half', []],
      ['http_requests_total', ['namespace', 'status']],
      ['job:errors:rate5m', ['job']],
      ['up', ['job']],
    ],
  )
  assert.deepEqual(
    [...words.labels],
    [
      ['job', ['shop', 'worker']],
      ['namespace', []],
      ['status', ['5..']],
    ],
  )
})

describe('completion', () => {
  for (const marked of ['|', 'ra|', 'rate(|', 'up / |', 'up + ra|', '(|', 'topk(3, |', 'up > bool |'])
    test(`functions, aggregations and metrics: ${marked}`, () => {
      const {labels, items} = complete(marked)
      for (const label of ['rate', 'sum', 'histogram_quantile', 'http_requests_total', 'job:errors:rate5m']) assert.ok(labels.includes(label), label)
      assert.ok(items.every(({detail}) => detail !== ''))
      assert.equal(items.find(({label}) => label === 'rate')?.snippet, 'rate($1[\\${window\\}])')
      assert.equal(items.find(({label}) => label === 'sum')?.insert, 'sum()')
    })

  const exact: readonly (readonly [string, readonly string[], string])[] = [
    ['http_requests_total{|', ['namespace', 'status', 'job'], ''],
    ['http_requests_total{namespace="a",|}', ['status', 'job'], ''],
    ['http_requests_total{sta|}', ['namespace', 'status', 'job'], 'sta'],
    ['up{job|}', ['job', 'namespace', 'status'], 'job'],
    ['up{job |}', ['=', '=~', '!=', '!~'], ''],
    ['up{job="|"}', ['${environment}', '${target}', '${cluster}', '${release}', 'shop', 'worker'], ''],
    ['up{job="sh|op"}', ['${environment}', '${target}', '${cluster}', '${release}', 'shop', 'worker'], 'shop'],
    ['up{job=|}', ['"${environment}"', '"${target}"', '"${cluster}"', '"${release}"', '"shop"', '"worker"'], ''],
    ['up{namespace="|"}', ['${namespace}'], ''],
    ['up{namespace="${na|}"}', ['${environment}', '${target}', '${namespace}', '${cluster}', '${release}', '${image}', '${window}'], '${na}'],
    ['rate(up[$|', ['${environment}', '${target}', '${namespace}', '${cluster}', '${release}', '${image}', '${window}'], '$'],
    ['rate(up[|])', ['${window}', '1m', '5m', '10m', '30m', '1h'], ''],
    ['rate(up[5|m])', ['${window}', '1m', '5m', '10m', '30m', '1h'], '5m'],
    ['max_over_time(up[1h:|])', ['30s', '1m', '5m', '1h', '1d'], ''],
    ['up offset |', ['30s', '1m', '5m', '1h', '1d'], ''],
    ['sum by (|)', ['le', 'job', 'namespace', 'status'], ''],
    ['a * on(job) group_left(na|)', ['le', 'job', 'namespace', 'status'], 'na'],
    ['sum |', ['by', 'without'], ''],
    ['sum(up) |', ['by', 'without', 'and', 'or', 'unless', 'offset'], ''],
    ['up |', ['and', 'or', 'unless', 'offset'], ''],
    ['up # of |', [], ''],
    ['label_replace(up, "|"', [], ''],
    ['up{job="shop"|', [], ''],
    ['sum by (job |', [], ''],
  ]
  for (const [marked, labels, replaced] of exact)
    test(marked, () => {
      const found = complete(marked)
      assert.deepEqual(found.labels, labels)
      assert.equal(found.replaced, replaced)
    })

  test('a snippet escapes what is no placeholder, and plain text does not', () => {
    const namespace = complete('up{|').items.find(({label}) => label === 'namespace')
    assert.deepEqual([namespace?.insert, namespace?.snippet], ['namespace="${namespace}"', 'namespace="\\${namespace\\}"'])
  })
})

describe('hover', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['sum(ra|te(x[5m]))', '**rate(v: range): vector** · function\n\nHow fast a counter grows'],
    ['su|m by (a) (x)', '**sum(v: vector): vector** · aggregation'],
    ['a un|less b', '**unless** · keyword'],
    ['x{sta|tus="5"}', '**status** · label'],
    ['http_requ|ests_total', '**http_requests_total** · metric\n\nBy its name a counter'],
    ['a_secon|ds_bucket', '**a_seconds_bucket** · metric\n\nBy its name the buckets of a histogram'],
    ['job:err|ors:rate5m', '**job:errors:rate5m** · recording rule'],
    ['x{n="${name|space}"}', '**${namespace}** · variable'],
    ['rate(x[${win|dow}])', '**${window}** · variable'],
  ]
  for (const [marked, expected] of cases)
    test(marked, () => {
      const found = describePromql(marked.replace('|', ''), marked.indexOf('|'))
      assert.ok(found)
      assert.equal(found.text.slice(0, expected.length), expected)
      assert.ok(found.start <= marked.indexOf('|') && marked.indexOf('|') <= found.end)
    })
  for (const nothing of ['1 + |2', 'x{a="b|"}', 'some_th|ing', 'x | + y', 'x # ra|te(y)'])
    test(`nothing: ${nothing}`, () => assert.equal(describePromql(nothing.replace('|', ''), nothing.indexOf('|')), undefined))
})

test('durations are said in words', () => {
  assert.deepEqual(['5m', '1h30m', '1d', '90s', '1s', '500ms', 'x', '0s'].map(durationInWords), [
    '5 minutes',
    '1 hour 30 minutes',
    '1 day',
    '1 minute 30 seconds',
    '1 second',
    '0.5 seconds',
    undefined,
    undefined,
  ])
})

test('every function of the grammar is explained, and every one that is explained can be called', () => {
  const names = [...functions.keys(), ...aggregations.keys()]
  for (const [name, {parameters, description, returns}] of [...functions, ...aggregations]) {
    const example = {scalar: '1', vector: 'x', range: 'x[5m]', string: '"a"'}
    const query = `${name}(${parameters.map(({type}) => example[type]).join(', ')})`
    assert.deepEqual(readPromql(query).findings, [], query)
    assert.ok(/\.$/.test(description) && ['scalar', 'vector'].includes(returns), name)
  }
  const unknown = parser.nodeSet.types
    .map(({name}) =>
      name
        .replace(/([a-z\d])([A-Z])/g, '$1_$2')
        .toLowerCase()
        .replace('std_dev', 'stddev')
        .replace('std_var', 'stdvar'),
    )
    .filter(name => parser.parse(`${name}(x)`).topNode.getChild('FunctionCall') && !names.includes(name))
  assert.deepEqual(unknown, [])
})

/** The gates of a document, by name. */
function gatesOf(text: string): ReadonlyMap<string, Gate> {
  const document = new Document('file:///progression.yaml', 1, `apiVersion: progression.dev/v1\nname: shop\n${text}`)
  const section = document.sections[0]?.section
  const reading = section && readSection(document, section, 0, () => ({state: 'missing'}), {})
  return new Map(reading?.progression.gates.items.map(gate => [gate.name, gate]))
}

describe('a gate in words', () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      `query: 'sum(rate(http_requests_total{namespace="\${namespace}",status=~"5.."}[\${window}])) / sum(rate(http_requests_total{namespace="\${namespace}"}[\${window}]))', max: 0.01, traffic: {query: 'sum(rate(http_requests_total[\${window}]))', min: 0.1}`,
      'Fails when more than 1 % of `http_requests_total` have `status=~"5.."`, over the age of the release, from 1 minute to 5 minutes. With less than 0.1 of `http_requests_total` a second, or without data, it is inconclusive: it is asked again, and then a person decides.',
    ],
    [
      "query: 'histogram_quantile(0.95, sum by (le) (rate(request_seconds_bucket[5m])))', max: 500ms, failAfter: 3, interval: 10s, onNoData: fail",
      'Fails when the 95th percentile of `request_seconds` is above 500ms, over the last 5 minutes. It takes 3 bad answers in a row to fail and 1 good one to pass, 10s apart. Without data it fails.',
    ],
    [
      "query: 'sum(rate(errors_total[10m])) / sum(rate(requests_total[10m]))', max: 1%, onNoData: skip",
      'Fails when more than 1 % of `requests_total` are `errors_total`, over the last 10 minutes. Without data it is skipped.',
    ],
    [
      "query: 'sum(rate(errors_total[10m])) / sum(rate(requests_total[10m]))', max: 1.2, compare: verified, onNoData: skip",
      'Fails when the share of `errors_total` in `requests_total`, divided by that of the last verified release, is above 1.2, over the last 10 minutes. Without data it is skipped.',
    ],
    [
      "query: 'min(up)', min: 1, max: 2, onNoData: fail",
      'Fails when the smallest `up` is above 2, or when the smallest `up` is below 1. Without data it fails.',
    ],
    [
      "query: 'sum(rate(a_total[${window}]))', between: [1, 5], window: 10m, onNoData: fail",
      'Fails when the sum of `a_total` a second is below 1 or above 5, over the age of the release, from 1 minute to 10 minutes. Without data it fails.',
    ],
    ["query: 'a / (b + c)', max: 3, onNoData: fail", 'Fails when its answer is above 3. Without data it fails.'],
    ["query: 'a / (', max: 3, onNoData: fail", 'Fails when its answer is above 3. Without data it fails.'],
    ["query: 'up', onNoData: fail", 'Never fails: it has no limit. Without data it fails.'],
    ["query: 'up', max: , onNoData: fail", 'Its limits are not known yet. Without data it fails.'],
    ['alerts: none', 'Fails while an alert fires for the namespace of the environment.'],
    ['query: ', 'Its query is not known yet.'],
  ]
  for (const [gate, expected] of cases)
    test(gate, () => {
      const found = gatesOf(`gates: {it: {${gate}}}`).get('it') ?? assert.fail('no gate')
      assert.equal(explainGate(found), expected)
    })

  test('with what an environment says differently', () => {
    const gate = gatesOf("gates: {it: {query: 'max(a_seconds)', max: 1s}}").get('it') ?? assert.fail('no gate')
    const other = gatesOf("gates: {it: {query: 'x', max: 2s, onNoData: skip}}").get('it') ?? assert.fail('no gate')
    const use = {name: 'it', at: gate.at, overrides: {max: other.max, onNoData: other.onNoData}}
    assert.equal(explainGate(gate, use), 'Fails when the largest `a_seconds` is above 2s. Without data it is skipped.')
  })
})
