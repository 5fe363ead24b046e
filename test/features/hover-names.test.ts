import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {Hover, MarkupContent} from 'vscode-languageserver-protocol'
import {hover} from '../../server/features/hover.ts'
import {desk} from './desk.ts'

async function said(marked: string, others?: Readonly<Record<string, string>>): Promise<string> {
  const {ask} = await desk(marked, others)
  const found = (await ask(hover)) as Hover | null
  return found ? (found.contents as MarkupContent).value : ''
}

const shop = `
  name: shop
  images: [ghcr.io/acme/shop]
  clusters:
    nonprod: {context: dev-1}
    prod: {uid: 6f1c0a52-8d0e-4c39-9a57-21f4d0c7b6e1}
  gates:
    error-rate:
      query: ||
        rate(errors{namespace="\${namespace}"}[\${window}])
      max: 1%
      failAfter: 3
      traffic: {query: rate(requests), min: 0.1}
      onNoData: fail
    latency:
      query: p95
      between: [100ms, 500ms]
      compare: previous
    calm: {alerts: none}
  defaults:
    cluster: nonprod
    gates: [error-rate, {latency: {between: [0, 1s]}}]
    smoke: {service: 'web:http', http: [{get: /}], timeout: 60s}
    rollback: {within: 60s}
  environments:
    - name: dev
      namespace: 'shop-\${environment}'
      flags: {new_ui: true}
    - name: production
      soak: 90m
      flags: {new_ui: false}
      smoke: {timeout: 30s}
      rollback: {on: [smoke]}
      targets: [{name: eu, cluster: prod, namespace: shop-eu, wave: 2}]
  lanes:
    hotfix: {through: [production]}
`
/** The cursor inside the nth place of a word, counted from 1. */
function at(word: string, nth = 1): string {
  let index = -1
  for (let count = 0; count < nth; count++) index = shop.indexOf(word, index + 1)
  return `${shop.slice(0, index + 1)}|${shop.slice(index + 1)}`
}

test('a gate in sentences', async () => {
  assert.equal(
    await said(at('error-rate')),
    [
      '**error-rate** · gate',
      'Passes while the number of the query is at most **1%** (0.01).',
      'Measured every 30s: 3 bad measurements in a row fail it, one good measurement passes it. Its `${window}` is the age of the release, at most 5m.',
      'Without data, or with less traffic than **0.1**, it fails.',
      '```promql\nrate(errors{namespace="${namespace}"}[${window}])\n```',
      'Asked in `dev`, `production`.',
    ].join('\n\n'),
  )
})

test('a gate where it is used, with what differs there', async () => {
  const text = await said(at('latency', 2))
  assert.match(text, /divided by that of the release before, is at least \*\*0\*\* and at most \*\*1s\*\* \(1 s\)\./)
  assert.match(text, /Different here: `between: \[0, 1s\]`\./)
  assert.match(text, /Asked in `dev` \(its own between\)/)
  assert.match(await said(at('latency')), /at least \*\*100ms\*\* \(0\.1 s\) and at most \*\*500ms\*\*/)
})

test('a gate that nothing can fail, one of alerts and one that nothing defines', async () => {
  assert.match(await said(at('calm')), /Passes while no alert fires[\s\S]*No environment asks it\./)
  assert.match(await said('gates:\n  a|b: {query: up}\n'), /It has no limit, so nothing can fail it\./)
  assert.match(await said('defaults: {gates: [a|b]}\n'), /Nothing defines it under `gates`\./)
})

test('a variable with its value in the environment around it, else in each', async () => {
  assert.match(await said(at('environment}')), /^\*\*\$\{environment\}\*\* · variable\n\nThe name of the environment\.\n\n- `dev`: `dev`$/)
  assert.match(await said(at('namespace}')), /- `dev`: `shop-dev`\n- `production`: `shop-eu`$/)
  const secret = await said("notify: [{slack: {webhook: '${env.PA|TH}'}}]\n")
  assert.match(secret, /The environment variable `PATH` of the process that promotes\. Its value is never shown/)
  assert.ok(!secret.includes(process.env.PATH ?? '/bin'))
  assert.match(await said("environments: [{name: a, namespace: '${na|mspace}'}]\n"), /There is no such variable\./)
})

test('a cluster, a flag, a lane and a target', async () => {
  assert.match(await said(at('nonprod')), /context `dev-1`\.\n\nIt has no uid, so production may not live in it\.\n\nHome of `dev` in namespace `shop-dev`\./)
  assert.match(
    await said(at('cluster: prod', 1).replace('c|luster: prod', 'cluster: p|rod')),
    /context `prod`\.\n\nRecognised by its uid `6f1c0a52[\s\S]*Home of `production\/eu` in namespace `shop-eu`\./,
  )
  assert.match(await said(at('new_ui')), /feature flag\n\n- `dev`: on\n- `production`: off$/)
  assert.match(await said(at('hotfix')), /Passes `production`\.\n\nLeaves out `dev`\./)
  assert.match(await said(at('eu, ')), /target of production\n\nRuns in cluster `prod`, namespace `shop-eu`\.\n\nIts turn comes in wave 2\./)
})

test('an environment wherever it is named', async () => {
  assert.match(await said(at('production', 2)), /^\*\*production\*\* · environment 2 of 2 · production/)
})

test('what a key comes to once it is merged, and where that is from', async () => {
  const text = await said(at('smoke: {timeout'))
  assert.match(text, /Here: `\{timeout: 30s, service: web:http, http: \[\{get: \/\}\]\}`/)
  assert.match(text, /- `service: web:http` from \[defaults, line 22\]\(file:\/\/\/workspace\/progression\.yaml#L22\)/)
  assert.ok(!text.includes('`timeout: 30s` from'))
  assert.ok(!(await said(at('soak'))).includes('Here:'))
})

test('what defaults hold for', async () => {
  assert.match(await said(at('rollback')), /From here in `dev`; `production` has its own\./)
  assert.match(await said(at('gates: [')), /Every environment has it from here\./)
})

test('what a base file gives says so', async () => {
  const text = await said('extends: base.yaml\nenvironments:\n  - name: dev\n    sm|oke: {timeout: 5s}\n', {
    'base.yaml': 'defaults:\n  smoke: {url: https://a}\n',
  })
  assert.match(text, /- `url: https:\/\/a` from \[defaults of base\.yaml, line 2\]/)
})

test('a duration in words, a word and true or false by their key', async () => {
  assert.match(await said(at('90m')), /^\*\*90m\*\* · 1 hour 30 minutes\n\n\*\*soak\*\*/)
  assert.match(await said(at('fail\n')), /^\*\*onNoData\*\* · Without data/)
  assert.match(await said('environments: [{name: a, production: tr|ue}]\n'), /^\*\*production\*\*/)
  assert.equal(await said('environments: [{name: a, namespace: ab|c}]\n'), '')
})

test('a rule, in a comment and under rules', async () => {
  const page = '[Documentation](https://progression.dev/docs/rules/rollback/missing)'
  const words = `**rollback/missing** · rule\n\nFailed release is not rolled back. By default: warning.\n\n${page}`
  assert.equal(await said('environments:\n  # progression-ignore rollback/mis|sing -- later\n  - name: a\n'), words)
  assert.equal(await said('rules: {rollback/mis|sing: off}\n'), words)
  assert.equal(await said('name: a # about rollback/mis|sing\n'), '')
})

test('an alias shows what it stands for', async () => {
  assert.equal(await said('x-a: &base {within: 60s}\nenvironments:\n  - {name: a, rollback: *ba|se}\n'), '**`base`** · anchor\n\n`{within: 60s}`')
})

test('text from the file is no markup', async () => {
  const text = await said('gates:\n  "<b>*a*</b>|": {query: "```\\n# x", max: "[a](b)"}\n')
  assert.ok(!/<b>|\[a\]\(b\)/.test(text), text)
  assert.equal(text.split('```').length, 3)
})
