import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {test} from 'node:test'
import {Ajv} from 'ajv'
import addFormats from 'ajv-formats'
import type {Log, Result} from 'sarif'
import {sarifReport} from '../../server/report/sarif.ts'
import {rules} from '../../server/rules/index.ts'
import {at, missing, result, silenced, skipped} from './example.ts'

const sarif = (report: Parameters<typeof sarifReport>[0]): Log => JSON.parse(sarifReport(report, {version: '1.2.3'}))
const results = (log: Log): readonly Result[] => log.runs[0]?.results ?? []

/** The schema of SARIF 2.1.0 as published, in draft 4; it uses nothing that draft 7 reads differently but the name of `id`. */
function validator(): (log: unknown) => string {
  const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
  const {$schema, id, ...schema} = JSON.parse(readFileSync(file, 'utf8'))
  assert.match($schema, /draft-04/)
  assert.match(id, /sarif-2\.1\.0-rtm\.5/)
  const ajv = new Ajv({strict: false, allErrors: true, unicodeRegExp: false})
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  return log => (validate(log) ? '' : ajv.errorsText(validate.errors))
}

test('is valid SARIF 2.1.0 with everything in it', () => {
  const validate = validator()
  const unknown = [{...at('staging'), message: 'a remote base needs kustomize'}]
  assert.equal(validate(sarif(result([skipped, missing, silenced], {unknown}))), '')
  assert.equal(validate(sarif(result([]))), '')
  assert.match(validate({...sarif(result([])), version: '2.0.0'}), /version/)
})

test('every rule is described, and every result points at its rule', () => {
  const log = sarif(result([skipped, missing]))
  const described = log.runs[0]?.tool.driver.rules ?? []
  assert.deepEqual(
    described.map(({id}) => id),
    Object.keys(rules),
  )
  assert.deepEqual(
    results(log).map(({ruleId, ruleIndex = -1}) => [ruleId, described[ruleIndex]?.id]),
    [
      ['order/skipped-environment', 'order/skipped-environment'],
      ['rollback/missing', 'rollback/missing'],
    ],
  )
  const rule = described.find(({id}) => id === 'rollback/missing')
  assert.equal(rule?.name, 'RollbackMissing')
  assert.equal(rule?.helpUri, 'https://progression.dev/docs/rules/rollback/missing')
  assert.deepEqual(rule?.defaultConfiguration, {enabled: true, level: 'warning'})
})

test('places are relative to the source root, with their line, and encoded', () => {
  const [first] = results(sarif(result([{...skipped, path: 'my deploy/shöp#1.yaml'}])))
  const place = first?.locations?.[0]?.physicalLocation
  assert.deepEqual(place?.artifactLocation, {uri: 'my%20deploy/sh%C3%B6p%231.yaml', uriBaseId: 'SRCROOT'})
  assert.deepEqual(place?.region, {startLine: 6, startColumn: 32, endLine: 6, endColumn: 35})
  assert.equal(place?.contextRegion?.snippet?.text, '  - {name: production, after: [dev]}')
  assert.deepEqual(sarif(result([])).runs[0]?.originalUriBaseIds, {SRCROOT: {uri: 'file:///work%20shop/'}})
})

test('related places, fixes and suppressions come along', () => {
  const [first, second, third] = results(sarif(result([skipped, missing, silenced])))
  assert.equal(first?.relatedLocations?.[0]?.message?.text, 'staging is listed before production.')
  assert.deepEqual(first?.suppressions, [])
  const [replacement] = second?.fixes?.[0]?.artifactChanges[0]?.replacements ?? []
  assert.deepEqual(replacement, {
    deletedRegion: {startLine: 6, startColumn: 36, endLine: 6, endColumn: 36},
    insertedContent: {text: ', rollback: {within: 60s}'},
  })
  assert.deepEqual(third?.suppressions, [{kind: 'inSource', status: 'accepted', justification: 'covered by the platform'}])
  assert.deepEqual([third?.level, third?.properties], ['note', {level: 'hint'}])
})

test('a fingerprint outlives edits elsewhere and tells twins apart', () => {
  const fingerprint = (log: Log, index = 0): string | undefined => results(log)[index]?.partialFingerprints?.['progressionFinding/v1']
  const before = fingerprint(sarif(result([skipped])))
  const moved = {...skipped, line: 9, endLine: 9, message: 'other words, other numbers'}
  const line = (_uri: string, number: number): string | undefined => (number === 9 ? '    - {name: production,  after: [dev]}' : undefined)
  assert.equal(fingerprint(sarif(result([moved], {line}))), before)
  const twins = sarif(result([skipped, skipped]))
  assert.notEqual(fingerprint(twins, 0), fingerprint(twins, 1))
})
