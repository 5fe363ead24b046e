import assert from 'node:assert/strict'
import {test} from 'node:test'
import {apply, check} from '../rules/check.ts'

/** A document after every fix of a code, one after the other. */
async function fixed(code: string, text: string): Promise<string> {
  let current = `apiVersion: progression.dev/v1\nname: shop\n${text}`
  for (let round = 0; round < 10; round++) {
    const {checked, edits} = await check({'progression.yaml': current}, new Set([code]))
    const finding = checked.findings.find(one => one.fix)
    const found = finding && edits(finding)
    if (!found) return current.split('\n').slice(2).join('\n')
    current = apply(current, found)
  }
  return assert.fail('the fixes do not come to an end')
}

const tail = 'environments: [{name: dev}]\n'

test('a part of a query is changed in the spelling of the quotes around it', async () => {
  const after = await fixed(
    'gate/invalid-promql',
    `gates:
  plain: {query: rates(up)}
  single: {query: 'up{a=it} + 1'}
  double: {query: "up{a=it} + rate(up)"}
  literal:
    query: |
      up{a="b"}   # kept
        + up{c=d}
${tail}`,
  )
  assert.equal(
    after,
    `gates:
  plain: {query: rates(up)}
  single: {query: 'up{a="it"} + 1'}
  double: {query: "up{a=\\"it\\"} + rate(up[\${window}])"}
  literal:
    query: |
      up{a="b"}   # kept
        + up{c="d"}
${tail}`.replace('rates(up)', "'rate(up[${window}])'"),
  )
})

test('errors are divided by all requests, in every style', async () => {
  const errors = (quote: string): string => `sum(rate(a_total{n=${quote}x${quote},status=~${quote}5..${quote}}[5m]))`
  const both = (quote: string): string => `${errors(quote)} / sum(rate(a_total{n=${quote}x${quote}}[5m]))`
  const text = (query: (quote: string) => string): string => `gates:
  plain:
    query: ${query('"')} # as it was
    max: 1%
  double: {query: "${query('\\"')}", max: 1%}
  single: {query: '${query("''")}', max: 1%}
  literal:
    query: |
      ${query('"')}
    max: 1%
${tail}`
  assert.equal(await fixed('gate/not-a-ratio', text(errors)), text(both))
})

test('a histogram keeps its buckets however it is grouped', async () => {
  const text = (...sums: readonly string[]): string =>
    `gates:\n${sums.map((sum, index) => `  g${index}: {query: 'histogram_quantile(0.9, ${sum})', max: 1}\n`).join('')}${tail}`
  assert.equal(
    await fixed('gate/no-data', text('sum(rate(a_bucket[5m]))', 'sum by (job) (rate(a_bucket[5m]))', 'sum(rate(a_bucket[5m])) without (le, pod)')),
    text('sum by (le)(rate(a_bucket[5m]))', 'sum by (le, job) (rate(a_bucket[5m]))', 'sum(rate(a_bucket[5m])) without (pod)'),
  )
})

test('the namespace is added where one side lacks it', async () => {
  const text = (left: string, right: string): string =>
    `gates:\n  g: {query: "sum(rate(a_total${left}[5m])) / sum(rate(a_total${right}[5m]))", max: 1}\n${tail}`
  const namespace = 'namespace=\\"${namespace}\\"'
  assert.equal(await fixed('gate/wrong-namespace', text(`{${namespace}}`, '')), text(`{${namespace}}`, `{${namespace}}`))
  assert.equal(await fixed('gate/wrong-namespace', text('{a=\\"b\\"}', `{${namespace}}`)), text(`{${namespace},a=\\"b\\"}`, `{${namespace}}`))
})

test('a gate gets its traffic where it is written, and an environment its gate', async () => {
  const query = 'sum(rate(http_errors_total[5m])) / sum(rate(http_requests_total{a="it\'s"}[5m]))'
  assert.equal(
    await fixed(
      'gate/no-traffic-floor',
      `gates:\n  g:\n    query: ${query}\n    max: 1%   # of all\n  h: {query: "histogram_quantile(0.9, sum by (le) (rate(http_s_bucket[5m])))", max: 1}\n${tail}`,
    ),
    `gates:\n  g:\n    query: ${query}\n    max: 1%   # of all\n    traffic: {query: 'sum(rate(http_requests_total{a="it''s"}[5m]))', min: 0.1}\n  h: {query: "histogram_quantile(0.9, sum by (le) (rate(http_s_bucket[5m])))", max: 1, traffic: {query: 'sum(rate(http_s_count[\${window}]))', min: 0.1}}\n${tail}`,
  )
  assert.equal(
    await fixed('gate/missing', '# all of them\nenvironments:\n  - name: staging # before\n  - {name: production}\n'),
    `metrics: {prometheus: {service: monitoring/prometheus:9090}}
gates:
  error-rate:
    query: |
      sum(rate(http_requests_total{namespace="\${namespace}",status=~"5.."}[\${window}]))
        / sum(rate(http_requests_total{namespace="\${namespace}"}[\${window}]))
    max: 1%
    traffic: {query: 'sum(rate(http_requests_total{namespace="\${namespace}"}[\${window}]))', min: 0.1}
# all of them
environments:
  - name: staging # before
    gates: [error-rate]
  - {name: production, gates: [error-rate]}
`,
  )
})
