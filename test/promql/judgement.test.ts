import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {bounds} from '../../server/promql/bounds.ts'
import {type Expression, partsOf, selectorsIn} from '../../server/promql/expression.ts'
import {labelsOf, unmatched} from '../../server/promql/labels.ts'
import {readPromql} from '../../server/promql/read.ts'
import {isShare} from '../../server/promql/share.ts'
import {countsErrors, unboundedTraffic} from '../../server/promql/traffic.ts'
import {unitOf} from '../../server/promql/units.ts'
import {withoutData} from '../../server/promql/without-data.ts'

const read = (query: string): Expression => readPromql(query).expression ?? assert.fail(`${query}: ${readPromql(query).findings[0]?.message}`)
const infinity = Number.POSITIVE_INFINITY

/** One test a table: query → what is expected of it. */
function table<T>(title: string, judge: (expression: Expression) => T, rows: readonly (readonly [string, T])[]): void {
  test(title, () => {
    for (const [query, expected] of rows) assert.deepEqual(judge(read(query)), expected, query)
  })
}

table('bounds hold for every answer', expression => Object.values(bounds(expression)).map(value => value + 0), [
  ['up', [0, 1]],
  ['a', [-infinity, infinity]],
  ['a_total', [0, infinity]],
  ['rate(a[5m])', [0, infinity]],
  ['delta(a[5m])', [-infinity, infinity]],
  ['sum(rate(a[5m]))', [0, infinity]],
  ['sum(a)', [-infinity, infinity]],
  ['avg(up)', [0, 1]],
  ['sum(up)', [0, infinity]],
  ['count(a)', [1, infinity]],
  ['absent(a)', [1, 1]],
  ['1 - avg(up)', [0, 1]],
  ['100 * avg(up)', [0, 100]],
  ['avg(up) / 4', [0, 0.25]],
  ['-avg(up)', [-1, 0]],
  ['avg(up) + 1', [1, 2]],
  ['a > bool 5', [0, 1]],
  ['a > 5', [5, infinity]],
  ['up < 0.5', [0, 0.5]],
  ['a == 3', [3, 3]],
  ['a > b', [-infinity, infinity]],
  ['up or vector(5)', [0, 5]],
  ['a and up', [-infinity, infinity]],
  ['up unless a', [0, 1]],
  ['clamp(a, 0, 1)', [0, 1]],
  ['clamp_max(up, 0.5)', [0, 0.5]],
  ['clamp_min(a, 2)', [2, infinity]],
  ['abs(a)', [0, infinity]],
  ['ceil(up * 0.5)', [0, 1]],
  ['sgn(a)', [-1, 1]],
  ['avg_over_time(up[5m])', [0, 1]],
  ['max_over_time(avg(up)[5m:])', [0, 1]],
  ['quantile_over_time(2, up[5m])', [-infinity, infinity]],
  ['histogram_quantile(0.9, rate(a_seconds_bucket[5m]))', [0, infinity]],
  ['histogram_quantile(0.9, rate(a_bucket[5m]))', [-infinity, infinity]],
  ['histogram_fraction(0, 1, a)', [0, 1]],
  ['sum(rate(a{c="1"}[5m])) / sum(rate(a[5m]))', [0, 1]],
  ['sum(rate(a[5m])) / sum(rate(b[5m]))', [0, infinity]],
  ['rate(a[5m]) / b', [-infinity, infinity]],
  ['a / rate(b[5m])', [-infinity, infinity]],
  ['up ^ 2', [0, infinity]],
  ['up % 2', [-infinity, infinity]],
  ['up offset 5m', [0, 1]],
  ['label_replace(up, "a", "b", "c", "d")', [0, 1]],
  ['vector(3)', [3, 3]],
  ['scalar(up)', [0, 1]],
])

describe('shares', () => {
  const judge = (query: string): boolean => {
    const one = read(query)
    assert.equal(one.kind, 'binary')
    return one.kind === 'binary' && isShare(one.left, one.right)
  }
  for (const right of [
    'rate(a{c="5"}[5m]) / rate(a[5m])',
    'sum by (x) (rate(a{c="5",n="x"}[5m])) / sum by (x) (rate(a{n="x"}[5m]))',
    '(sum(rate(a{c="5"}[5m])) or vector(0)) / sum(rate(a[5m]))',
    'sum(rate(a{c="5"}[5m])) / (sum(rate(a[5m])) > 0)',
    'sum(rate(a{c="5"}[5m])) / clamp_min(sum(rate(a[5m])), 1)',
    '(sum(rate(a[5m])) - sum(rate(a{c="2"}[5m]))) / sum(rate(a[5m]))',
    'count(up == 1) / count(up)',
    'sum(increase(a_bucket{le="0.3"}[5m])) / sum(increase(a_count[5m]))',
    'sum(increase(a_bucket{le="0.3",j="x"}[5m])) / sum(increase(a_bucket{le="+Inf",j="x"}[5m]))',
    'sum(rate(a{c="5"}[5m] offset 1h)) / sum(rate(a[5m] offset 1h))',
    'sum(a_total{c="5"}) / sum(a_total)',
  ])
    test(right, () => assert.equal(judge(right), true))
  for (const wrong of [
    'rate(a[5m]) / rate(a{c="5"}[5m])',
    'sum(rate(a{c="5"}[5m])) / sum(rate(b[5m]))',
    'sum(rate(a{c="5"}[5m])) / sum(rate(a{c="2"}[5m]))',
    'sum(rate(a{c="5"}[5m])) / sum(rate(a[1h]))',
    'sum(rate(a{c="5"}[5m])) / sum(increase(a[5m]))',
    'sum(rate(a{c="5"}[5m])) / avg(rate(a[5m]))',
    'sum by (x) (rate(a{c="5"}[5m])) / sum(rate(a[5m]))',
    'sum(a{c="5"}) / sum(a)',
    'sum(rate(a_sum[5m])) / sum(rate(a_count[5m]))',
    'sum(rate(a_bucket{le="1"}[5m])) / sum(rate(a_bucket{le="2"}[5m]))',
    'sum(rate(a{c="5"}[5m] offset 1h)) / sum(rate(a[5m]))',
    'sum(rate(a_${env.X}{c="5"}[5m])) / sum(rate(a_${env.X}[5m]))',
  ])
    test(`not ${wrong}`, () => assert.equal(judge(wrong), false))
})

table<ReturnType<typeof withoutData>>('what is answered where nothing is measured', withoutData, [
  ['sum(rate(a[5m]))', 'nothing'],
  ['a or vector(0)', 0],
  ['(a or vector(0)) / (b or vector(1))', 0],
  ['(a or vector(0)) / b', 'nothing'],
  ['1 - (a or vector(0))', 1],
  ['absent(a)', 1],
  ['absent(a) or vector(0)', 1],
  ['sum(a or vector(2))', 2],
  ['count(a or vector(2))', 1],
  ['scalar(a)', Number.NaN],
  ['vector(1) and a', 'nothing'],
  ['vector(1) unless a', 1],
  ['vector(1) > 2', 'nothing'],
  ['vector(1) > bool 2', 0],
  ['vector(3) > 2', 3],
  ['-vector(3)', -3],
  ['time()', undefined],
  ['a or b or vector(4)', 4],
])

table('labels that are certain', expression => labelsOf(expression) && [...(labelsOf(expression) ?? [])].toSorted(), [
  ['sum by (a, b) (x)', ['a', 'b']],
  ['sum(x)', []],
  ['sum without (a) (x)', undefined],
  ['topk by (a) (1, sum by (a, b) (x))', ['a', 'b']],
  ['histogram_quantile(0.9, sum by (le, a) (rate(x_bucket[5m])))', ['a']],
  ['abs(sum by (a) (x))', ['a']],
  ['sum by (a) (x) * 2', ['a']],
  ['2 * sum by (a) (x)', ['a']],
  ['sum by (a) (x) / on (a) sum by (a) (y)', ['a']],
  ['sum by (a, b) (x) / ignoring (b) sum by (a) (y)', ['a']],
  ['sum by (a) (x) / on () group_left sum(y)', undefined],
  ['sum by (a) (x) or y', undefined],
  ['sum by (a) (x) and y', ['a']],
  ['x', undefined],
  ['label_replace(sum(x), "a", "$1", "b", "(.*)")', undefined],
  ['vector(1)', []],
  ['max_over_time(sum by (a) (x)[5m:])', ['a']],
])

test('sides that never match', () => {
  const judge = (query: string): readonly string[] => partsOf(read(query)).flatMap(one => (one.kind === 'binary' ? unmatched(one) : []))
  assert.deepEqual(judge('sum by (a) (x) / sum(y)'), ['a'])
  assert.deepEqual(judge('sum by (a) (x) / on (a) sum by (b) (y)'), ['a'])
  assert.deepEqual(judge('sum by (a, b) (x) > ignoring (b) sum by (a, c) (y)'), ['c'])
  for (const right of [
    'x / sum(y)',
    'sum(x) / 2',
    'sum by (a) (x) or sum(y)',
    'sum by (a) (x) unless sum(y)',
    'sum by (a) (x) / on () group_left sum(y)',
    'sum by (a, b) (x) / sum by (b, a) (y)',
  ])
    assert.deepEqual(judge(right), [], right)
})

table<ReturnType<typeof unitOf>>('units', unitOf, [
  ['a_seconds', 'seconds'],
  ['a_seconds_total', undefined],
  ['sum(rate(a_seconds_total[5m]))', undefined],
  ['max(a_milliseconds)', 'milliseconds'],
  ['max(a_milliseconds) / 1000', 'seconds'],
  ['a_seconds * 1000', 'milliseconds'],
  ['a_seconds * 60', undefined],
  ['histogram_quantile(0.9, sum by (le) (rate(a_seconds_bucket[5m])))', 'seconds'],
  ['histogram_quantile(0.9, rate(a_bytes[5m]))', 'bytes'],
  ['sum(rate(a_seconds_sum[5m])) / sum(rate(a_seconds_count[5m]))', 'seconds'],
  ['sum(rate(a_total[5m])) / sum(rate(b_total[5m]))', 'fraction'],
  ['sum(rate(a_bytes_total[5m])) / sum(rate(b_total[5m]))', 'bytes'],
  ['sum(rate(a_total[5m])) / sum(rate(b_bytes_total[5m]))', undefined],
  ['100 * sum(rate(a_total[5m])) / sum(rate(b_total[5m]))', 'percent'],
  ['sum(rate(a_total[5m])) / sum(rate(b_total[5m])) * 100', 'percent'],
  ['1 - a_bytes / b_bytes', 'fraction'],
  ['100 - avg(a_percent)', 'percent'],
  ['a_percent / 100', 'fraction'],
  ['a_ratio', 'fraction'],
  ['job:a_seconds:p95', undefined],
  ['count(a_seconds)', undefined],
  ['a_seconds > bool 1', undefined],
  ['a_seconds > 1', 'seconds'],
  ['a_seconds + a_bytes', undefined],
  ['time() - a_seconds', undefined],
  ['sum(rate(container_cpu_usage_seconds_total[5m])) / sum(limits)', undefined],
])

test('errors are known by their matchers and names', () => {
  const judge = (query: string): boolean => selectorsIn(read(query)).every(countsErrors)
  for (const errors of [
    'a{status=~"5.."}',
    'a{code="500"}',
    'a{grpc_code!="OK"}',
    'a{code!~"2.."}',
    'a{status=~"[45].."}',
    'a{result="failure"}',
    'a_errors_total',
    'login_failures_total',
    'a_failed_requests_total',
    'a{error="true"}',
  ])
    assert.equal(judge(errors), true, errors)
  for (const other of ['a{status=~"2.."}', 'a{code!~"5.."}', 'a', 'a_errors', 'errorless_total', 'a:errors_total', 'a{status="${env.S}"}', 'a{path=~"/5.."}'])
    assert.equal(judge(other), false, other)
})

table('traffic that nothing bounds', expression => unboundedTraffic(expression)?.kind, [
  ['sum(rate(http_errors_total[5m])) / sum(rate(http_requests_total[5m]))', 'share'],
  ['100 * (1 - sum(rate(http_ok_total[5m])) / sum(rate(http_requests_total[5m])))', 'share'],
  ['round(sum(rate(http_errors_total[5m])) / sum(rate(http_requests_total[5m])), 0.01) or vector(0)', 'share'],
  ['max(rate(http_errors_total[5m]) / rate(http_requests_total[5m]))', 'share'],
  ['histogram_quantile(0.9, sum by (le) (rate(http_seconds_bucket[5m])))', 'quantile'],
  ['sum(rate(http_seconds_sum[5m])) / sum(rate(http_seconds_count[5m]))', 'mean'],
  ['sum(rate(http_errors_total[5m])) / sum(rate(http_requests_total[5m])) and sum(rate(http_requests_total[5m])) > 1', undefined],
  ['sum(rate(http_errors_total[5m])) / (sum(rate(http_requests_total[5m])) > 1)', undefined],
  ['sum(rate(http_requests_total[5m]))', undefined],
  ['sum(rate(cpu_periods_total[5m])) / sum(rate(cpu_all_total[5m]))', undefined],
  ['a / b', undefined],
])
