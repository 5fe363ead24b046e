import assert from 'node:assert/strict'
import {test} from 'node:test'
import {run} from './run.ts'

const clean = `apiVersion: progression.dev/v1
name: shop
gates: {alerts: {alerts: none}}
runner: ci
defaults:
  smoke: {service: 'web:http', http: [{get: /healthz}], timeout: 30s}
  load: {run: [npm, run, load], timeout: 10m}
  gates: [alerts]
  rollback: {within: 60s}
environments:
  - name: dev
  - name: staging
  - name: production
    approval: {required: 2}
`
const skipping = clean.replace('  - name: production\n', '  - name: production\n    after: [dev]\n')

test('a clean file exits 0', async () => {
  const {code, out} = await run(['check'], {'progression.yaml': clean})
  assert.equal(code, 0)
  assert.match(out, /Nothing found: 1 progression in 1 file\./)
})

test('a finding at the level of --fail-on exits 1, below it 0', async () => {
  assert.equal((await run(['check'], {'progression.yaml': skipping})).code, 1)
  assert.equal((await run(['check', '--fail-on', 'error'], {'progression.yaml': skipping})).code, 0)
  assert.equal((await run(['check', '--fail-on', 'never'], {'progression.yaml': skipping})).code, 0)
})

test('--rules changes levels', async () => {
  const {code, out} = await run(['check', '--rules', 'order/skipped-environment=off'], {'progression.yaml': skipping})
  assert.equal(code, 0, out)
})

test('a wrong option, path, rule or level exits 2 and says what is right', async () => {
  const files = {'progression.yaml': clean}
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['check', 'nowhere'], /There is no file or folder nowhere\./],
    [['check', '--format', 'xml'], /--format xml is not known\. It is one of text, json, sarif, github\./],
    [['check', '--rules', 'order/skiped=off'], /there is no rule order\/skiped/],
    [['check', '--rules', 'order/cycle=loud'], /a level is one of off, hint/],
    [['check', '--what'], /Unknown option '--what'/],
    [['chek'], /progression chek is not known\. Commands: check/],
  ]
  for (const [args, message] of cases) {
    const {code, error} = await run(args, files)
    assert.equal(code, 2, args.join(' '))
    assert.match(error, message)
  }
})

test('findings come in every format', async () => {
  const files = {'deploy/shop.progression.yaml': skipping}
  assert.match((await run(['check'], files)).out, /deploy\/shop\.progression\.yaml:\d+:\d+/)
  assert.equal(JSON.parse((await run(['check', '--format', 'json'], files)).out).findings[0].code, 'order/skipped-environment')
  assert.equal(JSON.parse((await run(['check', '--format', 'sarif'], files)).out).version, '2.1.0')
  assert.match((await run(['check', '--format', 'github'], files)).out, /^::warning file=deploy\/shop\.progression\.yaml,line=/)
})

test('colours only on a terminal or when asked for', async () => {
  const files = {'progression.yaml': skipping}
  const sequence = '\u001B['
  assert.ok(!(await run(['check'], files)).out.includes(sequence))
  assert.ok((await run(['check', '--color'], files)).out.includes(sequence))
})

test('several folders, a glob, and what lies in node_modules', async () => {
  const files = {'a/progression.yaml': clean, 'b/pay.progression.yaml': clean, 'node_modules/x/progression.yaml': skipping}
  assert.match((await run(['check'], files)).out, /2 progressions in 2 files/)
  assert.match((await run(['check', 'b/*.yaml'], files)).out, /1 progression in 1 file/)
})

const bad: Readonly<Record<string, readonly [string | Buffer, RegExp]>> = {
  'half-typed text': [`${clean}    rollb`, /"rollb" is neither a key nor a value/],
  tabs: [clean.replace('  smoke', '\tsmoke'), /YAML does not allow tabs for indentation/],
  'conflict markers': [`<<<<<<< HEAD\n${clean}=======\n${clean}>>>>>>> other\n`, /This file holds a merge conflict/],
  'an unknown apiVersion': [clean.replace('/v1', '/v7'), /apiVersion progression\.dev\/v7 is not known/],
  'a missing overlay': [`${clean}manifests: {kustomize: deploy/nowhere}\n`, /deploy\/nowhere/],
  'a 10 MB file': [`${clean}${'# filler\n'.repeat(1_200_000)}`, /too large to be read: it has more than 1\.5 million/],
}

for (const [name, [text, message]] of Object.entries(bad)) {
  test(`${name}: a clear message, no crash`, async () => {
    const {code, out, error} = await run(['check'], {'progression.yaml': String(text)})
    assert.equal(code, 1, out + error)
    assert.match(out, message)
    assert.equal(error, '')
  })
}

test('a byte order mark and CRLF change nothing', async () => {
  const {code, out} = await run(['check'], {'progression.yaml': `\uFEFF${clean.replaceAll('\n', '\r\n')}`})
  assert.equal(code, 0, out)
})

test('graph draws, and an empty folder exits 2', async () => {
  assert.match((await run(['graph'], {'progression.yaml': clean})).out, /│ dev .*──▶ │ staging .*──▶ │ production ★/)
  assert.match((await run(['graph', '--format', 'mermaid'], {'progression.yaml': clean})).out, /^flowchart/)
  assert.equal((await run(['graph'], {})).code, 2)
})

test('--explain prints the page of a code, and proposes one where it is misspelt', async () => {
  const {code, out} = await run(['check', '--explain', 'rollback/missing'], {})
  assert.equal(code, 0)
  assert.match(out, /^# .*rollback\/missing|^# /)
  const wrong = await run(['check', '--explain', 'rollback/mising'], {})
  assert.equal(wrong.code, 2)
  assert.match(wrong.error, /There is no rule rollback\/mising\. Did you mean rollback\/missing\?/)
})

test('a finding in a base that is extended is shown in the base', async () => {
  const base = clean.replace('environments:', 'gats: {}\nenvironments:').replace('name: shop\n', '')
  const {out} = await run(['check'], {
    'base.progression.yaml': base,
    'progression.yaml': 'apiVersion: progression.dev/v1\nname: shop\nextends: base.progression.yaml\n',
  })
  assert.match(out, /base\.progression\.yaml:\d+:\d+: error: gats is not a key/)
})
