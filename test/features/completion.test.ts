import assert from 'node:assert/strict'
import {test} from 'node:test'
import {accept, complete, labels} from './complete.ts'
import {dedent} from './desk.ts'

const three = `
  environments:
    - name: dev
    - name: staging
    - name: production
`

test('completes the names of environments that come earlier', async () => {
  assert.deepEqual(labels(await complete(`${three}      after: [|]\n`)).slice(0, 2), ['dev', 'staging'])
  assert.deepEqual(labels(await complete(`${three}      after: [dev, |]\n`)), ['staging'])
  assert.deepEqual(labels(await complete(`${three}      after:\n        - |\n`)), ['dev', 'staging'])
  assert.deepEqual(labels(await complete(`${three}      after: |\n`)).slice(0, 3), ['[dev]', '[staging]', '[dev, staging]'])
})

test('completes every environment where order does not matter', async () => {
  assert.deepEqual(labels(await complete(`${three}  lanes:\n    hotfix: {through: [|]}\n`)), ['dev', 'staging', 'production'])
  assert.deepEqual(labels(await complete(`${three}  parity:\n    - between: [dev, |\n`)), ['staging', 'production'])
})

test('offers the keys that are not there yet, behind and before the cursor', async () => {
  const found = labels(await complete('environments:\n  - name: dev\n    |\n    cluster: a\n    rollback: {}\n  - name: staging\n    soak: 5m\n'))
  assert.equal(found[0], 'after')
  assert.ok(found.includes('soak'))
  for (const key of ['name', 'cluster', 'rollback']) assert.ok(!found.includes(key), key)
})

test('what matters most comes first', async () => {
  assert.equal(labels(await complete('environments:\n  - cl|\n'))[1], 'name')
  assert.equal(labels(await complete('|'))[0], 'apiVersion')
})

test('a key comes with a value to fill in, at the right indentation', async () => {
  assert.equal(
    await accept('environments:\n  - name: dev\n    smo|\n', 'smoke'),
    "environments:\n  - name: dev\n    smoke:\n      service: 'web:http'\n      http: [{get: /healthz}]\n      timeout: 60s\n",
  )
  assert.equal(
    await accept('environments:\n  - smo|\n', 'smoke'),
    "environments:\n  - smoke:\n      service: 'web:http'\n      http: [{get: /healthz}]\n      timeout: 60s\n",
  )
  assert.equal(
    await accept('environments:\n  - smo|\n', 'smoke', {}, {ownIndentation: false}),
    "environments:\n  - smoke:\n    service: 'web:http'\n    http: [{get: /healthz}]\n    timeout: 60s\n",
  )
  assert.equal(await accept('environments:\n  - {name: dev, ro|}\n', 'rollback'), 'environments:\n  - {name: dev, rollback: {within: 60s}}\n')
  assert.equal(await accept('environments:\n  - {name: dev, smo|}\n', 'smoke'), 'environments:\n  - {name: dev, smoke: {}}\n')
})

test('a key that is there already is replaced, and nothing behind it', async () => {
  assert.equal(
    await accept('environments:\n  - name: dev\n    rol|lbak: {within: 60s}\n', 'rollback'),
    'environments:\n  - name: dev\n    rollback: {within: 60s}\n',
  )
})

test('without snippets the same is plain text', async () => {
  const found = await complete('environments:\n  - name: dev\n    |\n', {}, {snippets: false})
  assert.ok(found.every(({insertTextFormat, textEdit}) => insertTextFormat === 1 && !/\$\{?\d/.test(textEdit?.newText ?? '')))
  assert.equal(await accept('|', 'manifests', {}, {snippets: false}), "manifests: {kustomize: 'deploy/overlays/${environment}'}")
  assert.equal(await accept('clusters:\n  |', 'new cluster', {}, {snippets: false}), 'clusters:\n  name: {}')
})

test('keys exclude each other where only one may stand', async () => {
  const found = labels(await complete("manifests: {kustomize: 'a', |}\n"))
  assert.deepEqual(found, [])
  assert.deepEqual(labels(await complete('manifests: {|}\n')), ['kustomize', 'helm', 'directory'])
})

test('says what defaults give', async () => {
  const found = await complete('defaults:\n  rollback: {within: 60s}\nenvironments:\n  - name: dev\n    ro|\n')
  assert.equal(found.find(({label}) => label === 'rollback')?.detail, 'defaults: {within: 60s}')
  assert.ok(labels(await complete('defaults:\n  rollback: {within: 60s}\nenvironments:\n  - name: dev\n    rollback: |\n')).includes('null'))
  assert.ok(!labels(await complete('environments:\n  - name: dev\n    rollback: |\n')).includes('null'))
})

test('every item says what it is for', async () => {
  for (const text of ['|', 'environments:\n  - |\n', 'gates:\n  a: {|}\n', 'environments:\n  - {name: a, rollback: {on: [|]}}\n'])
    for (const {label, documentation, detail} of await complete(text)) assert.ok(documentation !== undefined || detail !== undefined, label)
})

const gates = `
  gates:
    error-rate:
      query: up
      max: 0.01
    latency: {query: down, max: 500ms}
`

test('completes gates, as they are and with changes', async () => {
  assert.deepEqual(labels(await complete(`${gates}  defaults: {gates: [error-rate, |]}\n`)).slice(0, 1), ['latency'])
  assert.deepEqual(labels(await complete(`${gates}  environments:\n    - gates: |\n`)).slice(0, 3), ['[error-rate]', '[latency]', '[error-rate, latency]'])
  assert.equal(
    await accept(`${gates}  environments:\n    - name: dev\n      gates:\n        - lat|\n`, 'latency with changes'),
    dedent(`${gates}  environments:\n    - name: dev\n      gates:\n        - latency: {}\n`),
  )
  const keys = labels(await complete(`${gates}  environments:\n    - gates: [{latency: {m|}}]\n`))
  assert.ok(keys.includes('max') && keys.includes('onNoData'))
})

test('a gate shows the text that defines it', async () => {
  const [first] = await complete(`${gates}  defaults: {gates: [|]}\n`)
  assert.deepEqual(first?.documentation, {kind: 'markdown', value: '```yaml\nerror-rate:\n  query: up\n  max: 0.01\n```'})
})

test('begins a gate, a cluster and an environment', async () => {
  assert.match(
    await accept('gates:\n  |\n', 'new gate'),
    /^gates:\n {2}error-rate:\n {4}query: \|\n {6}sum\(rate\(http_requests_total\{namespace="\$\{namespace\}"/,
  )
  assert.equal(await accept('environments:\n  |\n', 'new environment'), 'environments:\n  - name: staging\n    cluster: nonprod\n    namespace: staging\n')
  assert.equal(
    await accept('environments:\n  - name: dev\n  |\n', 'new environment'),
    'environments:\n  - name: dev\n  - name: staging\n    cluster: nonprod\n    namespace: staging\n',
  )
  assert.equal(
    await accept('environments: [{name: dev}, |]\n', 'new environment'),
    'environments: [{name: dev}, {name: staging, cluster: nonprod, namespace: staging}]\n',
  )
})

test('completes clusters', async () => {
  const text = 'clusters: {nonprod: {}, prod-eu: {}}\nenvironments:\n  - name: dev\n    '
  assert.deepEqual(labels(await complete(`${text}cluster: |\n`)), ['nonprod', 'prod-eu'])
  assert.deepEqual(labels(await complete(`${text}cluster: "n|"\n`)), ['nonprod', 'prod-eu'])
  assert.equal(await accept(`${text}cluster:|\n`, 'prod-eu'), text.concat('cluster: prod-eu\n'))
  assert.equal(await accept(`${text}targets: [{name: eu, cluster: 'pr|od'}]\n`, 'prod-eu'), text.concat("targets: [{name: eu, cluster: 'prod-eu'}]\n"))
})

test('names come from the base file too', async () => {
  const base = 'clusters: {nonprod: {}}\ngates:\n  error-rate: {query: up, max: 1}\n'
  const found = await complete('extends: ../base.yaml\nclusters: {own: {}}\nenvironments:\n  - {name: dev, cluster: |}\n', {'../base.yaml': base})
  assert.deepEqual(
    found.map(({label, detail}) => [label, detail]),
    [
      ['own', 'cluster'],
      ['nonprod', 'cluster of base.yaml'],
    ],
  )
})

test('a list of environments takes the place of that of the base', async () => {
  const base = 'environments: [{name: old}]\n'
  assert.deepEqual(labels(await complete('extends: ../base.yaml\nenvironments: [{name: own}]\nlanes: {a: {through: [|]}}\n', {'../base.yaml': base})), ['own'])
  assert.deepEqual(labels(await complete('extends: ../base.yaml\nlanes: {a: {through: [|]}}\n', {'../base.yaml': base})), ['old'])
})

test('completes words, true and false', async () => {
  assert.deepEqual(labels(await complete('gates:\n  a: {onNoData: |}\n')), ['inconclusive', 'fail', 'skip'])
  assert.equal((await complete('gates:\n  a: {onNoData: |}\n'))[0]?.detail, 'default')
  assert.deepEqual(labels(await complete('environments:\n  - production: |\n')), ['true', 'false'])
  assert.deepEqual(labels(await complete('environments:\n  - rollback: {on: [smoke, |]}\n')), ['rollout', 'load', 'gates', 'watch'])
  assert.deepEqual(labels(await complete('apiVersion: |\n')), ['progression.dev/v1'])
  assert.equal(await accept('apiVersion: prog|\n', 'progression.dev/v1'), 'apiVersion: progression.dev/v1\n')
})

test('completes durations, behind digits with each unit', async () => {
  assert.ok(labels(await complete('environments:\n  - soak: |\n')).includes('30m'))
  const found = await complete('environments:\n  - soak: 45|\n')
  assert.deepEqual(
    labels(found).filter(label => label.startsWith('45')),
    ['45s', '45m', '45h', '45d'],
  )
  assert.equal(found.find(({label}) => label === '45m')?.detail, '45 minutes')
  assert.equal(await accept('gates:\n  a:\n    window: 1|5m\n', '1h'), 'gates:\n  a:\n    window: 1h\n')
})

test('completes variables inside strings', async () => {
  assert.equal(await accept("manifests: {kustomize: 'deploy/${env|}'}\n", '${environment}'), "manifests: {kustomize: 'deploy/${environment}'}\n")
  assert.equal(await accept('manifests:\n  kustomize: deploy/$|\n', '${environment}'), 'manifests:\n  kustomize: deploy/${environment}\n')
  const query = `
    gates:
      a:
        query: ||
          rate(x{namespace="\${na|
        max: 1
  `
  assert.deepEqual(labels(await complete(query)), ['${environment}', '${target}', '${namespace}', '${cluster}', '${release}', '${window}', '${env.NAME}'])
  assert.equal(await accept(query, '${namespace}'), dedent(query).replace('||', '|').replace('${na|', '${namespace}'))
  assert.ok(labels(await complete("environments:\n  - scan: {run: [trivy, '${|}']}\n")).includes('${image}'))
  assert.deepEqual(
    labels(await complete("environments:\n  - namespace: 'a$${|'\n")).filter(label => label.startsWith('$')),
    [],
  )
})

test('a variable in braces brings quotes with it', async () => {
  assert.equal(await accept('manifests: {kustomize: deploy/${env|}}\n', '${environment}'), "manifests: {kustomize: 'deploy/${environment}'}\n")
  assert.equal(await accept('manifests: {kustomize: deploy/$|/a}\n', '${environment}'), "manifests: {kustomize: 'deploy/${environment}/a'}\n")
  assert.equal(await accept('environments:\n  - {namespace: ${e|}\n', '${environment}'), "environments:\n  - {namespace: '${environment}'}\n")
  assert.equal(await accept('environments:\n  - {namespace: $|}\n', '${environment}'), "environments:\n  - {namespace: '${environment}'}\n")
})

test('completes rules and their levels', async () => {
  const found = await complete('rules:\n  rollback/missing: off\n  ro|\n')
  assert.ok(!labels(found).includes('rollback/missing'))
  const smoke = found.find(({label}) => label === 'smoke/missing')
  assert.match(JSON.stringify(smoke?.documentation), /\(https:\/\/progression\.dev\/docs\/rules\/smoke\/missing\)/)
  assert.equal(await accept('rules: {smo|}\n', 'smoke/missing'), 'rules: {smoke/missing: off}\n')
  assert.deepEqual(labels(await complete('rules: {smoke/missing: |}\n')), ['off', 'hint', 'info', 'warning', 'error'])
})

test('completes suppressions', async () => {
  const text = 'environments:\n  # |\n  - name: production\n'
  assert.equal(await accept(text, 'progression-ignore'), 'environments:\n  # progression-ignore  -- reason\n  - name: production\n')
  assert.ok(labels(await complete(text.replace('|', 'progression-ignore |'))).includes('rollback/missing'))
  assert.equal(
    await accept(text.replace('|', 'progression-ignore rollback/mi|s'), 'rollback/missing'),
    text.replace('|', 'progression-ignore rollback/missing'),
  )
  const second = labels(await complete(text.replace('|', 'progression-ignore rollback/missing, |')))
  assert.equal(second[0], '-- reason')
  assert.ok(!second.includes('rollback/missing') && second.includes('smoke/missing'))
  assert.deepEqual(labels(await complete(text.replace('|', 'progression-ignore rollback/missing -- be|cause'))), [])
  assert.deepEqual(labels(await complete(text.replace('|', 'nothing of ours |'))), [])
})

const files = {
  'deploy/overlays/dev/kustomization.yaml': '',
  'deploy/overlays/staging/kustomization.yaml': '',
  'deploy/overlays/production/kustomization.yaml': '',
  'deploy/chart/Chart.yaml': '',
  'deploy/migrate.yaml': '',
  'deploy/notes.txt': '',
  'load/checkout.js': '',
  'load/readme.md': '',
  'flags/dev.json': '',
  'flags/staging.json': '',
  'node_modules/a/index.js': '',
  '.git/config': '',
}

test('completes paths step by step', async () => {
  assert.deepEqual(labels(await complete("manifests: {kustomize: '|'}\n", files)), ['deploy', 'flags', 'load'])
  assert.equal(await accept("manifests: {kustomize: 'de|'}\n", 'deploy', files), "manifests: {kustomize: 'deploy/'}\n")
  assert.equal(await accept("manifests: {kustomize: 'deploy/overlays/|'}\n", 'dev', files), "manifests: {kustomize: 'deploy/overlays/dev'}\n")
  assert.equal(await accept('manifests: {helm: {chart: deploy/|}}\n', 'chart', files), 'manifests: {helm: {chart: deploy/chart}}\n')
  assert.equal(await accept('manifests: {kustomize: deploy/over|/dev}\n', 'overlays', files), 'manifests: {kustomize: deploy/overlays/dev}\n')
})

test('completes files by what is wanted', async () => {
  assert.deepEqual(labels(await complete('environments:\n  - load: {k6: load/|}\n', files)), ['checkout.js'])
  assert.deepEqual(labels(await complete('environments:\n  - migrate: {job: deploy/|}\n', files)), ['migrate.yaml', 'chart', 'overlays'])
})

test('proposes a path for every environment where each has one', async () => {
  const found = await complete(`${three}  manifests: {kustomize: deploy/overlays/|}\n`, files)
  assert.deepEqual([found[0]?.label, found[0]?.detail], ['${environment}', 'for each of dev, production, staging'])
  assert.equal(
    await accept(`${three}  manifests: {kustomize: deploy/overlays/|}\n`, '${environment}', files),
    dedent(`${three}  manifests: {kustomize: 'deploy/overlays/\${environment}'}\n`),
  )
  assert.ok(labels(await complete(`${three}  defaults: {flags: {flagd: flags/|}}\n`, files)).includes('${environment}.json'))
  assert.deepEqual(
    labels(await complete(`${three}  manifests: {directory: 'deploy/overlays/\${environment}/|'}\n`, {...files, 'deploy/overlays/dev/more/x.yaml': ''})),
    ['more'],
  )
})

test('a path that only one environment has is no pattern', async () => {
  const one = {'deploy/overlays/dev/kustomization.yaml': '', 'deploy/overlays/other/kustomization.yaml': ''}
  assert.deepEqual(labels(await complete(`${three}  manifests: {kustomize: deploy/overlays/|}\n`, one)), ['dev', 'other'])
})

test('works where nothing parses', async () => {
  assert.ok(labels(await complete('environments:\n  - name: dev\n    smoke: {service: "a\n    so|\n  - name: b\n')).includes('soak'))
  assert.ok(labels(await complete('environments:\n  - name: dev\n    after: [a\n  - name: b\n    ro|\n')).includes('rollback'))
  assert.ok(labels(await complete('name: x\nfoo bar\nenvironments:\n  - name: b\n    ro|\n')).includes('rollback'))
  assert.ok(labels(await complete('environments:\r\n  - name: b\r\n    smoke: {ti|\r\n')).includes('timeout'))
})

test('proposes nothing where nothing is known', async () => {
  for (const text of ['x-mine:\n  |\n', 'name: shop # a|\n', 'environments:\n  - name: dev |\n', 'unknown: |\n', 'name: |a\nname2: b'])
    assert.deepEqual(
      labels(await complete(text)).filter(label => label !== 'shop'),
      [],
      text,
    )
})

test('flags of other environments are proposed', async () => {
  const found = labels(await complete('environments:\n  - {name: dev, flags: {new_ui: true, beta: true}}\n  - {name: b, flags: {beta: false, |}}\n'))
  assert.ok(found.includes('new_ui') && !found.includes('beta'))
})

const manifests = {
  'deploy/overlays/dev/kustomization.yaml': 'resources: [../../base]\nimages: [{name: ghcr.io/acme/web, newTag: v1}]\n',
  'deploy/base/kustomization.yaml': 'resources: [all.yaml]\n',
  'deploy/base/all.yaml':
    'kind: Deployment\nspec: {template: {spec: {containers: [{name: a, image: "registry:5000/api:v1@sha256:0"}]}}}\n---\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{name: http, port: 80}, {port: 9090}]}\n',
}

test('images and services come from the manifests', async () => {
  const text = "manifests: {kustomize: 'deploy/overlays/${environment}'}\nenvironments:\n  - name: dev\n"
  assert.deepEqual(labels(await complete(`images: [|]\n${text}`, manifests)).slice(0, 2), ['ghcr.io/acme/web', 'registry:5000/api'])
  assert.deepEqual(labels(await complete(`images: [ghcr.io/acme/web, |]\n${text}`, manifests)).slice(0, 1), ['registry:5000/api'])
  assert.deepEqual(labels(await complete(`${text}    smoke: {service: '|'}\n`, manifests)).slice(0, 2), ['web:http', 'web:9090'])
})
