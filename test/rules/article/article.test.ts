import assert from 'node:assert/strict'
import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, test} from 'node:test'
import {isCode, rules} from '../../../server/rules/index.ts'
import {openRenderer} from '../../render/render.ts'
import {readCases} from '../cases.ts'
import {check} from '../check.ts'
import {compare} from '../compare.ts'
import {defects, found} from './defects.ts'

const renderer = openRenderer()

test('every numbered defect is in the table, in order', () => {
  const numbers = [...new Set(defects.map(({number}) => number))]
  assert.deepEqual(
    numbers,
    Array.from({length: 14}, (_, index) => index + 1),
  )
})

test('every fixture belongs to a defect and bears its number', () => {
  const files = readdirSync(import.meta.dirname).filter(name => name.endsWith('.yaml'))
  assert.deepEqual(found.map(({fixture}) => `${fixture}.yaml`).toSorted(), files.toSorted())
  for (const {number, fixture} of found) assert.equal(Number.parseInt(fixture, 10), number, fixture)
})

for (const {number, code, fixture, words} of found) {
  describe(`${number}. ${words}: ${code}`, () => {
    const cases = readCases(join(import.meta.dirname, `${fixture}.yaml`))
    test('has a wrong form and a corrected one', () => {
      assert.ok(isCode(code), `there is no rule ${code}`)
      assert.ok(cases.some(({isRight}) => isRight) && cases.some(({isRight, marks}) => !isRight && marks.length > 0))
    })
    for (const one of cases) {
      test(`${one.isRight ? 'right' : 'wrong'}: ${one.title}`, async () => {
        const {documents, checked, log} = await check(one.files, new Set([code]), rules[code].needs === 'manifests' ? renderer : undefined)
        assert.deepEqual(log, [])
        compare(one, documents, checked.findings)
      })
    }
  })
}
