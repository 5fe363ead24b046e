import assert from 'node:assert/strict'
import {existsSync} from 'node:fs'
import {describe, test} from 'node:test'
import {fileURLToPath} from 'node:url'
import {rules} from '../../server/rules/index.ts'
import {openRenderer} from '../render/render.ts'
import {type Case, readCases} from './cases.ts'
import {apply, check} from './check.ts'
import {compare} from './compare.ts'

const renderer = openRenderer()

for (const [code, rule] of Object.entries(rules)) {
  const file = fileURLToPath(new URL(`${code}.yaml`, import.meta.url))
  describe(code, () => {
    const cases = existsSync(file) ? readCases(file) : []
    test('has wrong text and right text', () => {
      assert.ok(cases.some(({isRight, marks}) => !isRight && marks.length > 0) && cases.some(({isRight}) => isRight), `write both into test/rules/${code}.yaml`)
      for (const one of cases) assert.equal(one.marks.length === 0, one.isRight, `"${one.title}" has ${one.marks.length} marks`)
    })
    for (const one of cases) {
      const only = new Set([code, ...one.with])
      const needed = rule.needs === 'manifests' ? renderer : undefined
      test(`${one.isRight ? 'right' : 'wrong'}: ${one.title}`, async () => {
        const {documents, checked, log} = await check(one.files, only, needed)
        const findings = checked.findings.filter(finding => finding.code === code)
        assert.deepEqual(log, [])
        compare(one, documents, findings)
      })
      if (!one.isRight) test(`its fixes leave none of it: ${one.title}`, () => fixAll(one, code, only, needed))
    }
  })
}

/** Applies fix after fix. What has a fix must be gone after it, and nothing new may be wrong. */
async function fixAll({files}: Case, code: string, only: ReadonlySet<string>, needed: ReturnType<typeof openRenderer> | undefined): Promise<void> {
  let text = files['progression.yaml'] ?? ''
  for (let round = 0; round < 10; round++) {
    const {document, checked, edits} = await check({...files, 'progression.yaml': text}, only, needed)
    const fixable = checked.findings.find(finding => finding.code === code && finding.fix)
    if (!fixable) return
    const found = edits(fixable)
    assert.ok(found && found.length > 0, `${fixable.fix?.id} edits something`)
    const before = await check({...files, 'progression.yaml': text}, undefined, needed)
    text = apply(document.text, found)
    const after = await check({...files, 'progression.yaml': text}, undefined, needed)
    const errors = ({checked: {findings}}: typeof before): readonly string[] =>
      findings.filter(({level}) => level === 'error').map(finding => `${finding.code}: ${finding.message}`)
    const ofCode = ({checked: {findings}}: typeof before): number => findings.filter(finding => finding.code === code).length
    const known = errors(before)
    const news = errors(after).filter(one => !known.includes(one))
    assert.deepEqual(news, [], `after ${fixable.fix?.id}:\n${text}`)
    assert.ok(ofCode(after) < ofCode(before), `${fixable.fix?.id} takes nothing away:\n${text}`)
  }
  assert.fail('the fixes do not come to an end')
}
