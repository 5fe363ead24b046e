import assert from 'node:assert/strict'
import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {test} from 'node:test'
import type {Log} from 'sarif'
import {levels} from '../../server/model/progression.ts'
import {sarifReport} from '../../server/report/sarif.ts'
import {rules} from '../../server/rules/index.ts'
import {result} from '../report/example.ts'
import {check} from './check.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const codes = Object.keys(rules)
const groups = [...new Set(codes.map(code => code.split('/')[0] ?? code))]

/** Codes of the files below a folder, as far as they lie in the folder of a group. */
const files = (folder: string, ending: string): readonly string[] =>
  globSync(`{${groups.join(',')}}/*${ending}`, {cwd: join(root, folder)})
    .map(file => file.replaceAll('\\', '/').slice(0, -ending.length))
    .toSorted()

/** Every code that `rules:` of a document may name, in the order of the format. */
const known: readonly string[] = JSON.parse(read('schemas/progression.schema.json')).$defs.ruleCode.enum

test('the code of a rule is its path', () => {
  // What else lies there helps its neighbours, and bears no name of a rule.
  assert.deepEqual(
    files('server/rules', '.ts').filter(code => known.includes(code)),
    codes.toSorted(),
  )
})

test('rules stand in the order of the format', () => {
  assert.deepEqual(
    codes,
    known.filter(code => codes.includes(code)),
  )
})

test('a code of the format is a rule, or the list of rules says that it is silent', () => {
  const [, silent = ''] = read('docs/rules/README.md').split('## Codes without a rule')
  const named = [...silent.matchAll(/`([a-z]+\/[a-z-]+)`/g)].map(([, code]) => code)
  assert.deepEqual(named.toSorted(), known.filter(code => !codes.includes(code)).toSorted())
})

test('every rule has a page and a test, and nothing else has', () => {
  assert.deepEqual(files('docs/rules', '.md'), codes.toSorted())
  assert.deepEqual(files('test/rules', '.yaml'), codes.toSorted())
})

test('the schema knows every code', () => {
  const schema = JSON.parse(read('schemas/progression.schema.json'))
  assert.deepEqual(
    codes.filter(code => !known.includes(code)),
    [],
  )
  assert.deepEqual(new Set(schema.$defs.level.enum), new Set(levels))
})

test('SARIF describes every rule', () => {
  const log: Log = JSON.parse(sarifReport(result([]), {version: '1.0.0'}))
  assert.deepEqual(
    log.runs[0]?.tool.driver.rules?.map(({id}) => id),
    codes,
  )
})

test('the list of rules names each with its title and level, in order', () => {
  const rows = [...read('docs/rules/README.md').matchAll(/^\| \[(.+?)\]\((.+?)\) \| (.+?) \| (.+?) \|$/gm)].map(([, ...cells]) => cells)
  assert.deepEqual(
    rows,
    Object.entries(rules).map(([code, {title, level}]) => [code, `${code}.md`, title, level]),
  )
})

test('a page says what, why, wrong, right and how to silence it, with the title and level of the rule', () => {
  for (const [code, {title, level}] of Object.entries(rules)) {
    const page = read(`docs/rules/${code}.md`)
    assert.ok(page.startsWith(`# ${code}\n\n${title}.\n\nDefault level: ${level}`), code)
    const sections = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
    assert.deepEqual(sections, ['What', 'Why', 'Wrong', 'Right', 'Silence it'], code)
  }
})

/** The YAML of a section of a page, each block as a document that can be checked by itself. */
function examples(code: string, section: string): readonly string[] {
  const text = read(`docs/rules/${code}.md`).split(`## ${section}\n`)[1]?.split('\n## ')[0] ?? ''
  const blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block)
  assert.ok(blocks.length > 0, `${code} shows nothing under ${section}`)
  return blocks.map(block => {
    const head = `${/^apiVersion:/m.test(block) ? '' : 'apiVersion: progression.dev/v1\n'}${/^name:/m.test(block) ? '' : 'name: shop\n'}`
    const isEntry = /^\s+- (name:|\{name:)/.test(block)
    const environments = isEntry ? 'environments:\n' : /^environments:/m.test(block) ? '' : 'environments: [{name: staging}, {name: production}]\n'
    return head + environments + block
  })
}

test('what a page calls wrong is reported, what it calls right is not', async () => {
  // Their examples are manifests, which stand in other files.
  const others = [
    'approval/automatic-production',
    'config/deprecated',
    'config/rendering',
    'image/mutable-tag',
    'load/below-production',
    'parity/autoscaling',
    'parity/config-keys',
    'parity/disruption-budget',
    'parity/env-keys',
    'parity/image',
    'parity/network-policy',
    'parity/probes',
    'parity/replicas',
    'parity/resources',
    'parity/strategy',
    'parity/workload-only-in-one',
    'policy/not-enforced',
    'rollback/gitops-reverts',
  ]
  for (const code of codes.filter(one => !others.includes(one))) {
    const report = async (text: string) => (await check({'progression.yaml': text, '../base.yaml': 'x-nothing: 1\n'}, new Set(codes))).checked.findings
    for (const text of examples(code, 'Wrong')) {
      assert.ok(
        (await report(text)).some(finding => finding.code === code),
        `${code} does not report its wrong example:\n${text}`,
      )
    }
    for (const text of examples(code, 'Right')) {
      const found = (await report(text)).filter(finding => finding.code === code)
      assert.deepEqual(
        found.map(({message}) => message),
        [],
        `${code} reports its right example:\n${text}`,
      )
    }
  }
})
