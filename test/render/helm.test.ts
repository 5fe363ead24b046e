import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {MemoryFiles} from '../memory-files.ts'
import {deployment, manifestsOf, type Named, openRenderer, renderWith, replicasOf, summary} from './render.ts'

const renderer = openRenderer({deadline: 15_000})
type Contents = Readonly<Record<string, string>>
const render = (contents: Contents, more: Omit<Named & {helm: string}, 'helm'> = {}, version?: string) =>
  renderWith(renderer, new MemoryFiles(contents), {helm: 'chart', ...more}, version)

const definition = (name: string, more = ''): string => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`
const template = deployment('cart').replace('replicas: 1', 'replicas: {{ .Values.replicas }}')
const chart = {'chart/Chart.yaml': definition('shop'), 'chart/values.yaml': 'replicas: 1\n', 'chart/templates/cart.yaml': template}
const configMap = (name: string, data = ''): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {${data}}\n`

test('renders a chart in the order of an installation, hooks last', async () => {
  const rendering = await render({
    ...chart,
    'chart/crds/a.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: carts.shop}\n',
    'chart/templates/NOTES.txt': 'Thank you.',
    'chart/templates/_helpers.tpl': '{{ define "x" }}y{{ end }}',
    'chart/templates/all.yaml': `apiVersion: v1\nkind: Service\nmetadata: {name: front}\n---\n${configMap('settings')}---\n# nothing\n---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate, annotations: {helm.sh/hook: pre-upgrade}}\n---\napiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Secret, metadata: {name: listed}}\n`,
  })
  assert.deepEqual(summary(rendering), [
    'CustomResourceDefinition carts.shop < chart/crds/a.yaml',
    'ConfigMap settings < chart/templates/all.yaml',
    'Service front < chart/templates/all.yaml',
    'Deployment cart < chart/templates/cart.yaml',
    'Secret listed < chart/templates/all.yaml',
    'Job migrate < chart/templates/all.yaml',
  ])
  assert.deepEqual(manifestsOf(rendering).at(-1)?.object.metadata.annotations, {'helm.sh/hook': 'pre-upgrade'})
})

test('takes values files in order, a null removing a default', async () => {
  const contents = {...chart, 'a.yaml': 'replicas: 2\n', 'b.yaml': '\uFEFFreplicas: 3\n---\nextra: 1\n', 'c.yaml': 'replicas: null\n'}
  const replicas = async (...values: string[]) => replicasOf(manifestsOf(await render(contents, {values}))[0])
  assert.deepEqual([await replicas(), await replicas('a.yaml', 'b.yaml'), await replicas('b.yaml', 'a.yaml'), await replicas('c.yaml')], [1, 3, 2, null])
})

test('tells templates what they ask for', async () => {
  const asked =
    'a: {{ .Release.Name }}, b: {{ .Release.Namespace }}, c: {{ .Capabilities.KubeVersion.Version }}, d: {{ .Capabilities.APIVersions.Has "policy/v1" | quote }}, e: {{ .Capabilities.HelmVersion.Version }}, f: {{ lookup "v1" "Secret" "a" "b" | toJson | quote }}'
  const data = async (...more: [Parameters<typeof render>[1]?, string?]) =>
    manifestsOf(await render({...chart, 'chart/templates/cart.yaml': configMap('x', asked)}, ...more))[0]?.object.data
  assert.deepEqual(await data({release: 'r', namespace: 'shop'}, 'v1.31.2'), {a: 'r', b: 'shop', c: 'v1.31.2', d: 'true', e: 'v4.2.4', f: '{}'})
  assert.deepEqual(await data({release: 'r'}), {a: 'r', b: 'default', c: 'v1.36.0', d: 'true', e: 'v4.2.4', f: '{}'})
})

test('renders subcharts and library charts in the charts folder, with their conditions and other names', async () => {
  const contents = {
    ...chart,
    'chart/Chart.yaml': definition(
      'shop',
      'dependencies:\n  - {name: database, version: 1.0.0, repository: "", alias: store, condition: store.enabled}\n  - {name: names, version: 1.0.0, repository: ""}\n',
    ),
    'chart/charts/some database/Chart.yaml': definition('database'),
    'chart/charts/some database/templates/one.yaml': configMap('{{ include "names.of" . }}'),
    'chart/charts/names/Chart.yaml': definition('names', 'type: library\n'),
    'chart/charts/names/templates/_of.tpl': '{{ define "names.of" }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}',
    'off.yaml': 'store: {enabled: false}\n',
  }
  assert.deepEqual(summary(await render(contents)), [
    'ConfigMap shop-store < chart/charts/some%20database/templates/one.yaml',
    'Deployment cart < chart/templates/cart.yaml',
  ])
  assert.deepEqual(summary(await render(contents, {values: ['off.yaml']})), ['Deployment cart < chart/templates/cart.yaml'])
})

test('takes local charts that stand elsewhere, and theirs, as helm dependency build would', async () => {
  const rendering = await render({
    ...chart,
    'chart/Chart.yaml': definition('shop', 'dependencies: [{name: database, version: 1.0.0, repository: "file://../database"}]\n'),
    'database/Chart.yaml': definition('database', 'dependencies: [{name: names, version: 1.0.0, repository: "file://../names"}]\n'),
    'database/templates/one.yaml': configMap('{{ include "of" . }}'),
    'database/ignored.yaml': '{{',
    'database/.helmignore': 'ignored.yaml\n',
    'names/Chart.yaml': definition('names', 'type: library\n'),
    'names/templates/_of.tpl': '{{ define "of" }}local{{ end }}',
  })
  assert.deepEqual(summary(rendering), ['ConfigMap local < database/templates/one.yaml', 'Deployment cart < chart/templates/cart.yaml'])
  assert.ok(rendering.read.includes('file:///workspace/names/templates/_of.tpl'))
})

test('leaves out what .helmignore names', async () => {
  const rendering = await render({
    ...chart,
    'chart/.helmignore': 'drafts/\n*.bak\n',
    'chart/templates/x.yaml.bak': '{{',
    'chart/drafts/x': '',
    'chart/templates/.hidden.yaml': '{{',
  })
  assert.deepEqual(summary(rendering), ['Deployment cart < chart/templates/cart.yaml'])
  assert.ok(!rendering.read.some(uri => /bak|drafts|hidden/.test(uri)))
})

test('does without a schema that would be loaded over the network', async () => {
  const rendering = await render({...chart, 'chart/values.schema.json': '{"$ref": "https://example.com/schema.json"}'})
  assert.deepEqual(summary(rendering), ['Deployment cart < chart/templates/cart.yaml'])
})

describe('says what is wrong, and where', () => {
  const file = (text: string): Contents => ({...chart, 'chart/templates/bad.yaml': text})
  const wrong: readonly [name: string, contents: Contents, said: string | RegExp, ...more: [Parameters<typeof render>[1]?, string?]][] = [
    ['missing chart', {'x/a.yaml': ''}, 'failed at chart: chart does not exist.'],
    ['no Chart.yaml', {'chart/a.yaml': ''}, 'failed at chart/Chart.yaml: Chart.yaml file is missing'],
    ['broken Chart.yaml', {'chart/Chart.yaml': 'a: 1\nb: [\n'}, /^failed at chart\/Chart.yaml:2: cannot load Chart.yaml: /],
    ['incomplete Chart.yaml', {'chart/Chart.yaml': 'name: x\n'}, 'failed at chart/Chart.yaml: validation: chart.metadata.version is required'],
    ['library', {'chart/Chart.yaml': definition('x', 'type: library')}, 'failed at chart/Chart.yaml: library charts are not installable'],
    [
      'template error',
      file('a: 1\nb: {{ .Values.a.b }}\n'),
      /^failed at chart\/templates\/bad.yaml:2: shop\/templates\/bad.yaml:2:13\n.*<.Values.a.b>:\n.*nil pointer evaluating/,
    ],
    [
      'template that does not parse',
      file('a: 1\n\nb: {{ if }}\n'),
      'failed at chart/templates/bad.yaml:3: parse error at (shop/templates/bad.yaml:3): missing value for if',
    ],
    [
      'required value',
      file('a: {{ required "a port is needed" .Values.port }}\n'),
      'failed at chart/templates/bad.yaml:1: execution error at (shop/templates/bad.yaml:1:6): a port is needed',
    ],
    ['rendered to broken YAML', file('a: 1\nb: [\n'), /^failed at chart\/templates\/bad.yaml: YAML parse error on shop\/templates\/bad.yaml: /],
    [
      'rendered to no object',
      file('a: 1\n'),
      'failed at chart/templates/bad.yaml: shop/templates/bad.yaml renders to what is no object: this is not a Kubernetes object: it needs apiVersion and kind',
    ],
    ['broken default values', {...chart, 'chart/values.yaml': 'a: 1\nb: [\n'}, /^failed at chart\/values.yaml:2: cannot load values.yaml: /],
    [
      'broken values',
      {...chart, 'v.yaml': 'a: 1\n---\nb: [\n'},
      'failed at v.yaml:3: cannot load v.yaml: did not find expected node content',
      {values: ['v.yaml']},
    ],
    ['missing values', chart, 'failed at v.yaml: v.yaml does not exist.', {values: ['v.yaml']}],
    [
      'values against their schema',
      {...chart, 'chart/values.schema.json': '{"properties": {"replicas": {"type": "string"}}}'},
      /^failed at chart\/Chart.yaml: values don't meet the specifications(.|\n)*'\/replicas': got number, want string$/,
    ],
    [
      'too old a Kubernetes',
      {...chart, 'chart/Chart.yaml': definition('shop', 'kubeVersion: ">=1.30"')},
      'failed at chart/Chart.yaml: chart requires kubeVersion: >=1.30 which is incompatible with Kubernetes v1.28',
      {},
      '1.28',
    ],
    ['no version of Kubernetes', chart, /^failed at chart\/Chart.yaml: the Kubernetes version "new" cannot be read: /, {}, 'new'],
    ['.helmignore', {...chart, 'chart/.helmignore': 'a\n**/b\n'}, 'failed at chart/.helmignore:2: double-star (**) syntax is not supported'],
    [
      'endless include',
      {...file('a: {{ include "x" . }}'), 'chart/templates/_x.tpl': '{{ define "x" }}{{ include "x" . }}{{ end }}'},
      /^failed at chart\/templates\/bad.yaml:1: .{500,1200}rendering template has a nested reference name: x: unable to execute template$/,
    ],
    [
      'endless template',
      {...file('a: {{ template "x" }}'), 'chart/templates/_x.tpl': '{{ define "x" }}{{ template "x" }}{{ end }}'},
      /^failed at chart\/templates\/_x.tpl:1: (.|\n)*exceeded maximum template depth/,
    ],
  ]
  for (const [name, contents, said, ...more] of wrong) {
    test(name, async () => {
      const found = String(summary(await render(contents, ...more)))
      if (typeof said === 'string') assert.equal(found, said)
      else assert.match(found, said)
    })
  }
})

describe('admits what it cannot know without a network', () => {
  const remote = {...chart, 'chart/Chart.yaml': definition('shop', 'dependencies: [{name: redis, version: 1.0.0, repository: "https://charts.example.com"}]\n')}
  test('dependency', async () =>
    assert.equal(
      summary(await render(remote)),
      'unknown: The chart chart needs redis 1.0.0 from https://charts.example.com, which its charts folder does not hold. `helm dependency build` fetches it.',
    ))
  test('chart outside of the root', async () =>
    assert.equal(summary(await render(chart, {values: ['../v.yaml']})), 'unknown: file:///v.yaml lies outside of the folder that may be read.'))
})
