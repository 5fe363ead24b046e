import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {rules} from '../../../server/rules/index.ts'
import {check} from '../check.ts'

/**
 * What is wrong with the metrics in "Environment Progression Operations", as it would stand in progression.yaml: the number of the
 * defect, the code that names it, the defective form and the corrected one. Only rules of the groups gate and monitoring run.
 */
type Defect = {readonly number: number; readonly title: string; readonly codes: readonly string[]; readonly wrong: string; readonly right: string}

const environments = `environments:
  - {name: staging, namespace: staging, gates: [error-rate]}
  - {name: production, namespace: production, gates: [error-rate]}
`

const ratio = `sum(rate(http_requests_total{namespace="\${namespace}",status=~"5.."}[\${window}]))
        / sum(rate(http_requests_total{namespace="\${namespace}"}[\${window}]))`

const traffic = `traffic: {query: 'sum(rate(http_requests_total{namespace="\${namespace}"}[\${window}]))', min: 0.1}`

const corrected = `gates:
  error-rate:
    query: |
      ${ratio}
    max: 0.01
    ${traffic}
    onNoData: inconclusive
${environments}`

const defects: readonly Defect[] = [
  {
    number: 1,
    title: 'a reply without data passes the gate',
    codes: ['gate/cannot-fail', 'gate/no-traffic-floor'],
    wrong: `gates:
  error-rate:
    query: |
      ${ratio}
        or vector(0)
    max: 0.01
${environments}`,
    right: corrected,
  },
  {
    number: 1,
    title: 'no answer is passed over in production',
    codes: ['gate/cannot-fail'],
    wrong: corrected.replace('inconclusive', 'skip'),
    right: corrected,
  },
  {
    number: 1,
    title: 'the comparison in the query leaves null behind',
    codes: ['gate/no-data'],
    wrong: `gates:
  error-rate:
    query: sum(rate(http_requests_total{namespace="\${namespace}",status=~"5.."}[\${window}])) > 0.01
    max: 0.01
${environments}`,
    right: corrected,
  },
  {
    number: 2,
    title: 'errors a second are called an error rate',
    codes: ['gate/not-a-ratio'],
    wrong: `gates:
  error-rate:
    query: rate(http_requests_total{namespace="\${namespace}",status=~"5.."}[5m])
    max: 0.01
${environments}`,
    right: corrected,
  },
  {
    number: 2,
    title: 'the query of one environment is asked for the other',
    codes: ['gate/not-a-ratio', 'gate/wrong-namespace'],
    wrong: `gates:
  error-rate:
    query: rate(http_requests_total{namespace="staging",status=~"5.."}[5m])
    max: 0.01
${environments}`,
    right: corrected,
  },
  {
    number: 2,
    title: 'the share of however few requests is judged',
    codes: ['gate/no-traffic-floor'],
    wrong: corrected.replace(`    ${traffic}\n`, ''),
    right: corrected,
  },
  {
    number: 2,
    title: '500 ms are written as 500 beside seconds',
    codes: ['gate/no-traffic-floor', 'gate/wrong-unit'],
    wrong: `gates:
  error-rate:
    query: histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{namespace="\${namespace}"}[\${window}])))
    max: 500
${environments}`,
    right: `gates:
  error-rate:
    query: histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{namespace="\${namespace}"}[\${window}])))
    max: 500ms
    ${traffic}
${environments}`,
  },
  {
    number: 14,
    title: 'gates are drawn and not there',
    codes: ['gate/missing'],
    wrong: `${corrected.replaceAll(', gates: [error-rate]', '')}`,
    right: corrected,
  },
]

const only = new Set(Object.keys(rules).filter(code => /^(gate|monitoring)\//.test(code)))
const codesIn = async (text: string): Promise<readonly string[]> => {
  const {checked, log} = await check({'progression.yaml': `apiVersion: progression.dev/v1\nname: shop\n${text}`}, only)
  assert.deepEqual(log, [])
  return [...new Set(checked.findings.map(({code}) => code))].toSorted()
}

describe('defects of the article that metrics have', () => {
  for (const {number, title, codes, wrong, right} of defects) {
    test(`${number}: ${title}`, async () => assert.deepEqual(await codesIn(wrong), codes))
    test(`${number}, corrected: ${title}`, async () => assert.deepEqual(await codesIn(right), []))
  }
})
