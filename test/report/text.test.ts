import assert from 'node:assert/strict'
import {test} from 'node:test'
import {stripVTControlCharacters} from 'node:util'
import {textReport} from '../../server/report/text.ts'
import {at, missing, result, silenced, skipped} from './example.ts'

test('shows each finding with its line and what belongs to it, and counts at the end', () => {
  assert.equal(
    textReport(result([skipped, missing, silenced]), {colours: false}),
    `deploy/progression.yaml:6:32: warning: production comes after dev and skips staging. [order/skipped-environment]
  6 |   - {name: production, after: [dev]}
    |                                ^^^
    deploy/progression.yaml:5:11: staging is listed before production.

deploy/progression.yaml:6:12: warning: Nothing rolls production back: 100 % of it, at once. [rollback/missing]
  6 |   - {name: production, after: [dev]}
    |            ^^^^^^^^^^

2 warnings in 1 progression in 1 file. One has a quick fix in the editor. 1 finding silenced by comments.
`,
  )
})

test('says so when nothing was found, and when there was nothing to check', () => {
  assert.equal(textReport(result([]), {colours: false}), 'Nothing found: 1 progression in 1 file.\n')
  assert.equal(textReport(result([], {progressions: 0, files: 0}), {colours: false}), 'Nothing to check: 0 progressions in 0 files.\n')
})

test('counts each level, the worst first', () => {
  const levels = ['hint', 'error', 'info', 'error', 'warning'] as const
  const report = textReport(result(levels.map(level => ({...missing, level, fix: undefined}))), {colours: false})
  assert.match(report, /\n\n2 errors, 1 warning, 1 info and 1 hint in 1 progression in 1 file\.\n$/)
})

test('colours add escape sequences and change nothing else', () => {
  const report = result([skipped, missing])
  const coloured = textReport(report, {colours: true})
  assert.ok(coloured.includes('\u001B[1;33mwarning\u001B[0m'))
  assert.equal(stripVTControlCharacters(coloured), textReport(report, {colours: false}))
})

test('nothing from a file reaches the terminal as an escape sequence', () => {
  const evil = result([{...missing, message: 'name \u001B]0;x\u0007', path: 'a\u001B[2J.yaml'}], {line: () => '\u001B[31mname\u202E: x'})
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looks for exactly these
  assert.doesNotMatch(textReport(evil, {colours: false}), /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/)
})

test('carets stand below wide characters and behind tabs', () => {
  const line = '\t日本: {name: production}'
  const report = textReport(result([{...missing, column: 13, endColumn: 23, line: 1, endLine: 1}], {line: () => line}), {colours: false})
  const [, source = '', marks = ''] = report.split('\n')
  assert.equal(source, '  1 |   日本: {name: production}')
  // Two columns more than characters, since each of the two signs takes two.
  assert.equal(marks.indexOf('^'), source.indexOf('production') + 2)
  assert.equal(marks.trimEnd().length - marks.indexOf('^'), 'production'.length)
})

test('long lines are cut around what is marked', () => {
  const line = `query: ${'a'.repeat(300)} here ${'b'.repeat(300)}`
  const column = line.indexOf('here') + 1
  const report = textReport(result([{...missing, line: 1, endLine: 1, column, endColumn: column + 4}], {line: () => line}), {colours: false})
  const [, source = '', marks = ''] = report.split('\n')
  assert.ok(source.length < 140, `${source.length} columns`)
  assert.equal(source.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), 'here')
  assert.match(source, /^ {2}1 \| ….*…$/)
})

test('names what could not be checked', () => {
  const report = textReport(result([], {unknown: [{...at('staging'), message: 'a remote base needs kustomize'}]}), {colours: false})
  assert.match(report, /^deploy\/progression\.yaml:5:11: not checked: a remote base needs kustomize\n/)
})
