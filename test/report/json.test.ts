import assert from 'node:assert/strict'
import {test} from 'node:test'
import {type JsonReport, jsonReport} from '../../server/report/json.ts'
import {missing, result, silenced, skipped} from './example.ts'

test('holds every finding, silenced ones marked, and counts the others', () => {
  const report: JsonReport = JSON.parse(jsonReport(result([skipped, silenced, {...missing, level: 'error'}])))
  assert.deepEqual(report.summary, {progressions: 1, files: 1, error: 1, warning: 1, info: 0, hint: 0, suppressed: 1})
  assert.deepEqual(
    report.findings.map(({code, suppressed}) => [code, suppressed?.reason]),
    [
      ['order/skipped-environment', undefined],
      ['smoke/missing', 'covered by the platform'],
      ['rollback/missing', undefined],
    ],
  )
  assert.deepEqual(report.findings[0], {
    code: 'order/skipped-environment',
    level: 'warning',
    message: 'production comes after dev and skips staging.',
    path: 'deploy/progression.yaml',
    line: 6,
    column: 32,
    endLine: 6,
    endColumn: 35,
    page: 'https://progression.dev/docs/rules/order/skipped-environment',
    related: [{path: 'deploy/progression.yaml', line: 5, column: 11, endLine: 5, endColumn: 18, message: 'staging is listed before production.'}],
  })
  assert.equal(report.findings[2]?.fix?.edits[0]?.text, ', rollback: {within: 60s}')
})

test('names no folder of this machine', () => assert.doesNotMatch(jsonReport(result([skipped, missing, silenced])), /work%20shop|file:/))
