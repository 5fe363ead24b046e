import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Analysis, usualSettings} from '../../server/analysis.ts'
import {Document} from '../../server/document/document.ts'
import {locations} from '../../server/locations.ts'
import type {Fact} from '../../server/model/fact.ts'
import type {Script} from '../../server/model/script.ts'
import type {GrammarFiles} from '../../server/scripts/shell/grammar.ts'
import {MemoryFiles} from '../memory-files.ts'

const {grammar} = locations(new URL('../../server/cli.ts', import.meta.url).href)
const {signal} = new AbortController()

/** A workspace of texts and what is known of the first script in it. */
function open(texts: Readonly<Record<string, string>>, from: GrammarFiles = grammar) {
  const files = new MemoryFiles(texts)
  const log: string[] = []
  const analysis = new Analysis({files, grammar: from, rootOf: async () => files.root, log: message => log.push(message), settings: () => usualSettings})
  const document = (text = texts['progression.yaml'] ?? ''): Document => new Document(files.uri('progression.yaml'), 1, text)
  const scripts = (read: Document): readonly Fact<Script>[] =>
    analysis
      .progressions(read)
      .flatMap(({environments}) => environments.items.flatMap(({steps}) => steps.items.map(({script}) => script)))
      .filter(({state}) => state !== 'absent')
  return {files, log, analysis, document, scripts}
}

const shop = (steps: string): string => `apiVersion: progression.dev/v1\nname: shop\nenvironments:\n  - name: staging\n    namespace: shop\n${steps}`
const known = (fact: Fact<Script> | undefined): Script =>
  fact?.state === 'known' ? fact.value : assert.fail(`${fact?.state}: ${fact?.state === 'unknown' ? fact.why : ''}`)

test('without scripts no grammar is loaded and no file is read', async () => {
  const nowhere = new URL('file:///nowhere.wasm')
  const {analysis, document, files, log} = open(
    {'progression.yaml': shop("    smoke: {url: 'https://staging.example.com', http: [{get: /}]}")},
    {parser: nowhere, bash: nowhere},
  )
  await analysis.prepare(document(), signal)
  assert.deepEqual(files.asked, [])
  assert.deepEqual(log, [])
})

test('a grammar that is not there is logged, and scripts stay unknown', async () => {
  const nowhere = new URL('file:///nowhere.wasm')
  const {analysis, document, scripts, log} = open(
    {'progression.yaml': shop('    smoke: {run: {shell: curl https://x || true}}')},
    {parser: nowhere, bash: nowhere},
  )
  const read = document()
  await analysis.prepare(read, signal)
  assert.deepEqual(
    scripts(read).map(({state}) => state),
    ['unknown'],
  )
  assert.match(log.join('\n'), /^The smoke of staging cannot be read: ENOENT/)
})

test('a script is unknown until it is read, and the same object as long as it is the same', async () => {
  const {analysis, document, scripts, files} = open({
    'progression.yaml': shop('    smoke: {run: [scripts/smoke.sh]}'),
    'scripts/smoke.sh': '#!/bin/sh\ncurl -f https://x || true\n',
  })
  const read = document()
  assert.equal(scripts(read)[0]?.state, 'unknown')
  await analysis.prepare(read, signal)
  assert.deepEqual(
    known(scripts(read)[0]).passes.map(({scenario}) => scenario),
    ['refused', 'broken'],
  )
  const [before] = analysis.progressions(read)
  const asked = files.asked.length
  await analysis.prepare(read, signal)
  assert.equal(analysis.progressions(read)[0], before)
  assert.equal(files.asked.length, asked, 'it is read once')
  const edited = read.edit([{range: {start: {line: 1, character: 6}, end: {line: 1, character: 10}}, text: 'cart'}], 2)
  await analysis.prepare(edited, signal)
  assert.equal(known(scripts(edited)[0]), known(scripts(read)[0]), 'a key stroke elsewhere changes nothing of it')
})

test('a script that changed is read again, and one that comes is found', async () => {
  const {analysis, document, scripts, files} = open({'progression.yaml': shop('    smoke: {run: [scripts/smoke.sh]}')})
  const uri = files.uri('scripts/smoke.sh')
  const read = document()
  await analysis.prepare(read, signal)
  assert.equal(scripts(read)[0]?.state, 'unknown')
  assert.ok(analysis.reads(read).includes(uri), 'it is watched for')
  files.write('scripts/smoke.sh', '#!/bin/sh\ncurl -f https://x || true\n')
  assert.equal(analysis.forget(uri), true)
  await analysis.prepare(read, signal)
  assert.equal(known(scripts(read)[0]).passes.length, 2)
  files.write('scripts/smoke.sh', '#!/bin/sh\ncurl -f https://x\n')
  assert.equal(analysis.forget(uri), true)
  await analysis.prepare(read, signal)
  assert.equal(known(scripts(read)[0]).passes.length, 0)
  assert.equal(known(scripts(read)[0]).notices, true)
})

test('places of a script lead to its file, with lines', async () => {
  const text = '#!/bin/sh\nset -e\ncurl -f https://staging.example.com/healthz\n'
  const {analysis, document, scripts, files} = open({'progression.yaml': shop('    smoke: {run: [scripts/smoke.sh]}'), 'scripts/smoke.sh': text})
  const read = document()
  await analysis.prepare(read, signal)
  const [request] = known(scripts(read)[0]).requests
  assert.equal(request?.line, 3)
  const other = analysis.documents(read).get(files.uri('scripts/smoke.sh'))
  assert.ok(other && request)
  assert.equal(other.textOf(request.at), 'curl -f https://staging.example.com/healthz')
  assert.deepEqual(other.range(request.at)?.start, {line: 2, character: 0})
})

test('a script in a block of YAML is found where it is written', async () => {
  const {analysis, document, scripts} = open({
    'progression.yaml': shop(
      '    smoke:\n      run:\n        shell: |\n          # $${A} \n          curl -f ${env.A}x\n          kubectl rollout undo deployment/a -n ${namespace}\n',
    ),
  })
  const read = document()
  await analysis.prepare(read, signal)
  const script = known(scripts(read)[0])
  assert.equal(read.textOf(script.requests[0]?.at ?? assert.fail()), 'curl -f ${env.A}x')
  assert.equal(read.textOf(script.rollbacks[0]?.at ?? assert.fail()), 'kubectl rollout undo deployment/a -n ${namespace}')
  assert.equal(script.rollbacks[0]?.namespace, 'shop')
})

test('arguments of a script are filled in', async () => {
  const {analysis, document, scripts} = open({
    'progression.yaml': shop("    smoke: {run: [bash, -e, scripts/smoke.sh, 'https://${environment}.example.com', '${release}']}"),
    'scripts/smoke.sh': 'BASE=${1:?}\ncurl -f "$BASE/healthz" -H "release: $2"\necho done\n',
  })
  const read = document()
  await analysis.prepare(read, signal)
  const script = known(scripts(read)[0])
  assert.deepEqual(script.requests[0]?.url, ['https://staging.example.com/healthz'])
  assert.deepEqual(script.passes, [], 'bash -e ends it')
})

test('a script outside of the work tree is not read', async () => {
  const {analysis, document, scripts, files} = open({'progression.yaml': shop('    smoke: {run: [bash, ../../etc/smoke.sh]}')})
  files.write('../../etc/smoke.sh', 'true\n')
  const read = document()
  await analysis.prepare(read, signal)
  assert.equal(scripts(read)[0]?.state, 'unknown')
  assert.deepEqual(files.asked, [])
})

const job = (container: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: smoke}\nspec:\n  backoffLimit: 2\n${more}  template:\n    spec:\n      restartPolicy: Never\n      containers:\n${container}`

test('a Job says what decides about it, and what it runs', async () => {
  const container = `        - name: ask\n          image: curlimages/curl\n          env: [{name: HOST, value: shop-web}, {name: TOKEN, valueFrom: {secretKeyRef: {name: a, key: b}}}]\n          command: [sh, -c]\n          args:\n            - |\n              curl -f --max-time 5 "http://$(HOST)/healthz" -H "x: $TOKEN" || exit 0\n`
  const {analysis, document, scripts, files} = open({
    'progression.yaml': shop('    smoke: {job: deploy/smoke.yaml}'),
    'deploy/smoke.yaml': job(container, '  activeDeadlineSeconds: 60\n'),
  })
  const read = document()
  await analysis.prepare(read, signal)
  const script = known(scripts(read)[0])
  assert.equal(script.language, 'job')
  assert.equal(script.job?.name, 'smoke')
  assert.deepEqual(
    [script.job?.backoffLimit, script.job?.activeDeadlineSeconds].map(fact => fact?.state === 'known' && fact.value),
    [2, 60],
  )
  assert.deepEqual(
    script.requests.map(({url, isLimited, line}) => ({url, isLimited, line})),
    [{url: ['http://shop-web/healthz'], isLimited: true, line: 21}],
  )
  assert.deepEqual(
    script.passes.map(({scenario, reason}) => [scenario, reason?.by.text]),
    [
      ['refused', '|| exit 0'],
      ['broken', '|| exit 0'],
    ],
  )
  const other = analysis.documents(read).get(files.uri('deploy/smoke.yaml'))
  assert.match(other?.textOf(script.requests[0]?.at ?? assert.fail()) ?? '', /^curl -f --max-time 5/)
})

test('a Job fails when one of its containers does', async () => {
  const one = (name: string, command: string): string => `        - {name: ${name}, image: a, command: [sh, -c, '${command}']}\n`
  for (const [containers, passes] of [
    [one('a', 'curl -f http://a || true') + one('b', 'curl -f http://b || true'), 2],
    [one('a', 'curl -f http://a || true') + one('b', 'curl -f http://b'), 0],
    [`${one('a', 'curl -f http://a || true')}        - {name: b, image: b}\n`, 0],
  ] as const) {
    const {analysis, document, scripts} = open({'progression.yaml': shop('    smoke: {job: smoke.yaml}'), 'smoke.yaml': job(containers)})
    const read = document()
    await analysis.prepare(read, signal)
    assert.equal(known(scripts(read)[0]).passes.length, passes, containers)
  }
})

test('what is no script is unknown', async () => {
  const texts = {
    'progression.yaml': shop('    smoke: {run: [tools/smoke]}\n    load: {k6: load.ts}\n    scan: {job: values.yaml}\n    migrate: {job: broken.yaml}'),
    'tools/smoke': '#!/usr/bin/env python3\n',
    'load.ts': 'export const options: Options = {}',
    'values.yaml': 'a: 1\n',
    'broken.yaml': 'kind: Job\n  spec: [',
  }
  const {analysis, document, scripts, log} = open(texts)
  const read = document()
  await analysis.prepare(read, signal)
  assert.deepEqual(
    scripts(read).map(({state}) => state),
    ['unknown', 'unknown', 'unknown', 'unknown'],
  )
  assert.deepEqual(log, [])
})

test('a step can fail, cannot, or may', async () => {
  const load = (options: string): string => `export const options = ${options}\nexport default function () {}`
  for (const [steps, expected] of [
    ['    smoke: {run: [curl, --fail, a]}', true],
    ['    smoke: {run: {shell: curl --fail a || true}}', false],
    ['    smoke: {run: [npm, test]}', undefined],
    ['    load: {k6: with.js}', true],
    ['    load: {k6: without.js}', false],
    ['    load: {k6: elsewhere.js}', undefined],
    ['    load: {run: [hey, a]}', false],
    ["    scan: {run: {shell: 'trivy image a'}}", false],
    ["    scan: {run: {shell: 'trivy image --exit-code 1 a'}}", undefined],
  ] as const) {
    const {analysis, document} = open({
      'progression.yaml': shop(steps),
      'with.js': load('{thresholds: {checks: ["rate>0.9"]}}'),
      'without.js': load('{}'),
      'elsewhere.js': load('options()'),
    })
    const read = document()
    await analysis.prepare(read, signal)
    const kinds = new Set(['smoke', 'load', 'scan'])
    const [step] = analysis.progressions(read)[0]?.environments.items[0]?.steps.items.filter(({kind}) => kinds.has(kind)) ?? []
    assert.equal(step?.canFail.state === 'known' ? step.canFail.value : undefined, expected, steps)
  }
})
