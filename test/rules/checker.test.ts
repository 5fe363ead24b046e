import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Document} from '../../server/document/document.ts'
import type {Level, Progression} from '../../server/model/progression.ts'
import {Checker, type CheckRequest} from '../../server/rules/checker.ts'
import {defineRule, type Rule} from '../../server/rules/rule.ts'
import {readSection} from '../../server/sources/progression/source.ts'

const uri = 'file:///workspace/progression.yaml'

/** Reads a text and runs rules over it. */
function run(text: string, rules: Readonly<Record<string, Rule>>, request: Partial<CheckRequest> = {}, log: string[] = []) {
  const {document, progressions} = read(text)
  return new Checker(message => log.push(message), rules).check({progressions, documents: new Map([[uri, document]]), ...request})
}

function read(text: string): {document: Document; progressions: readonly Progression[]} {
  const document = new Document(uri, 1, text)
  const progressions = document.sections.flatMap(({section}, index) => readSection(document, section, index, () => ({state: 'missing'}), {})?.progression ?? [])
  return {document, progressions}
}

/** Reports every environment, at a level of its own where one is given. */
const every = (level: Level, lowered?: Level): Rule =>
  defineRule({
    title: 'Every environment',
    level,
    needs: 'text',
    check(progression, report) {
      for (const {name, at} of progression.environments.items) report(at, name, {level: lowered})
    },
  })

const shop = 'name: shop\nenvironments:\n  - name: dev\n  - name: staging\n'
const levelsOf = (rule: Rule, text = shop, request: Partial<CheckRequest> = {}) => [
  ...new Set(run(text, {'a/b': rule}, request).findings.map(({level}) => level)),
]

test('a finding may lower the level of its rule, never raise it', () => {
  assert.deepEqual(levelsOf(every('warning')), ['warning'])
  assert.deepEqual(levelsOf(every('warning', 'hint')), ['hint'])
  assert.deepEqual(levelsOf(every('warning', 'error')), ['warning'])
  assert.deepEqual(levelsOf(every('off', 'hint')), [])
})

test('a level that somebody chose holds for every finding: the setting before the file before the default', () => {
  // `rules:` of a document takes only codes that exist.
  const text = `${shop}rules: {rollback/missing: info}\n`
  const chosen = (settings: ReadonlyMap<string, Level>, rule: Rule) => [
    ...new Set(run(text, {'rollback/missing': rule}, {settings}).findings.map(({level}) => level)),
  ]
  assert.deepEqual(chosen(new Map(), every('warning', 'hint')), ['info'])
  assert.deepEqual(chosen(new Map([['rollback/missing', 'error']]), every('warning', 'hint')), ['error'])
  assert.deepEqual(chosen(new Map([['rollback/missing', 'off']]), every('warning')), [])
  assert.deepEqual(chosen(new Map(), every('off')), ['info'])
})

test('a rule that throws is told once, and neither its findings nor those of others are lost', () => {
  const broken = defineRule({
    ...every('error'),
    check({environments}, report) {
      const [first] = environments.items
      if (first) report(first.at, 'before the end')
      throw new Error('cannot go on')
    },
  })
  const log: string[] = []
  const checker = new Checker(message => log.push(message), {'a/broken': broken, 'b/whole': every('hint')})
  const {document, progressions} = read(shop)
  const check = () => checker.check({progressions, documents: new Map([[uri, document]])}).findings.map(({code, message}) => `${code} ${message}`)
  assert.deepEqual(check(), ['a/broken before the end', 'b/whole dev', 'b/whole staging'])
  assert.deepEqual(check(), ['a/broken before the end', 'b/whole dev', 'b/whole staging'])
  assert.equal(log.length, 1)
  assert.match(log[0] ?? '', /^The rule a\/broken failed on shop: Error: cannot go on\n/)
})

test('one finding a code and place: the rest is related to it, the worst level holds', () => {
  const twice = defineRule({
    title: 'Twice',
    level: 'error',
    needs: 'text',
    check({environments, at}, report) {
      const [first] = environments.items
      if (!first) return
      const related = [{at, message: 'the progression'}]
      report(first.at, 'one', {level: 'hint', related})
      report(first.at, 'two', {level: 'warning', related})
      report(first.at, 'one', {level: 'info'})
    },
  })
  const {findings} = run(shop, {'a/b': twice})
  assert.deepEqual(
    findings.map(({message, level, related}) => [message, level, related.map(one => one.message)]),
    [['one', 'warning', ['the progression', 'two']]],
  )
})

test('findings stand in the order of the text, then of their codes, whatever the order of the rules', () => {
  const rules = {'z/last': every('hint'), 'a/first': every('hint')}
  assert.deepEqual(
    run(shop, rules).findings.map(({code, message}) => `${message} ${code}`),
    ['dev a/first', 'dev z/last', 'staging a/first', 'staging z/last'],
  )
})

test('only the rules that were asked for run', () => {
  const rules = {'a/one': every('hint'), 'a/two': every('hint')}
  assert.deepEqual([...new Set(run(shop, rules, {only: new Set(['a/two'])}).findings.map(({code}) => code))], ['a/two'])
})

const silenced = (text: string) => {
  const {findings, suppressed} = run(text, {'a/b': every('warning'), 'a/c': every('warning')})
  return {
    left: findings.map(({code, message}) => `${code} ${message}`),
    reasons: suppressed.map(({finding, reason}) => `${finding.code} ${finding.message}: ${reason}`),
  }
}

test('a comment silences its line, or the next one when it stands alone', () => {
  const text = 'name: shop\nenvironments:\n  # progression-ignore a/b -- above\n  - name: dev\n  - name: staging # progression-ignore a/c -- beside\n'
  assert.deepEqual(silenced(text), {left: ['a/c dev', 'a/b staging'], reasons: ['a/b dev: above', 'a/c staging: beside']})
})

test('comments below each other speak of the same line; a blank line ends it', () => {
  const both = 'name: shop\nenvironments:\n  # progression-ignore a/b -- one\n  # progression-ignore a/c -- two\n  - name: dev\n'
  assert.deepEqual(silenced(both), {left: [], reasons: ['a/b dev: one', 'a/c dev: two']})
  assert.deepEqual(silenced(both.replace('two\n', 'two\n\n')).left, ['a/b dev', 'a/c dev'])
})

test('a comment may name several codes, with commas or without, and a file as a whole', () => {
  assert.deepEqual(silenced(`${shop}# progression-ignore-file a/b, a/c -- all`).left, [])
  assert.deepEqual(silenced(`#progression-ignore-file a/b a/c -- all\n${shop}`).left, [])
  assert.deepEqual(silenced(`# progression-ignore-files a/b -- no such word\n${shop}`).left.length, 4)
})

test('the comment of a line goes before one for the file', () => {
  const text = `# progression-ignore-file a/b -- everywhere\n${shop.replace('dev', 'dev # progression-ignore a/b -- here')}`
  assert.deepEqual(silenced(text).reasons, ['a/b dev: here', 'a/b staging: everywhere'])
})
