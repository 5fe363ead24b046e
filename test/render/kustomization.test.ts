import assert from 'node:assert/strict'
import {test} from 'node:test'
import {isRemote, readKustomization, readPlugin} from '../../server/render/kustomization.ts'

test('finds every file a kustomization names', () => {
  const found = readKustomization(`
resources: [deployment.yaml, ../base, https://example.com/x.yaml]
bases: [../old]
components: [../component]
crds: [crd.json]
configurations: [names.yaml]
openapi: {path: schema.json}
patchesStrategicMerge:
  - merge.yaml
  - |-
    kind: Deployment
    metadata: {name: a}
patchesJson6902: [{target: {kind: Deployment}, path: patch.json}]
patches: [{path: patch.yaml}, {patch: 'kind: Deployment'}]
replacements: [{path: replacement.yaml}, {source: {kind: ConfigMap}}]
configMapGenerator:
  - {name: a, files: [one.txt, key=two.txt], envs: [a.env], env: b.env, literals: [a=b.txt]}
secretGenerator: [{name: b, files: [secret.txt]}]
generators:
  - generator.yaml
  - |-
    kind: ConfigMapGenerator
    files: [three.txt]
transformers: [transformer.yaml]
validators: [validator.yaml]
`)
  assert.deepEqual(found.bases, ['deployment.yaml', '../base', 'https://example.com/x.yaml', '../old', '../component'])
  assert.deepEqual(found.plugins, ['generator.yaml', 'transformer.yaml', 'validator.yaml'])
  assert.deepEqual([...found.files].sort(), [
    ...['a.env', 'b.env', 'crd.json', 'merge.yaml', 'names.yaml', 'one.txt', 'patch.json', 'patch.yaml'],
    ...['replacement.yaml', 'schema.json', 'secret.txt', 'three.txt', 'two.txt'],
  ])
  assert.equal(found.chart, undefined)
})

test('names the key under which Kustomize would run helm', () => {
  assert.equal(readKustomization('helmCharts: [{name: redis}]').chart, 'helmCharts')
  assert.equal(readKustomization('helmCharts: []').chart, undefined)
})

test('takes nothing from what is no kustomization', () => {
  for (const text of ['', '[]', 'resources: a.yaml', 'resources: [', 'resources: [1, null, {}]', '\u0000']) {
    const {bases, files, plugins} = readKustomization(text)
    assert.deepEqual([...bases, ...files, ...plugins], [], text)
  }
})

test('does not open an alias bomb', () => {
  const layers = Array.from({length: 30}, (_, index) => `l${index + 1}: &l${index + 1} [${Array(9).fill(`*l${index}`).join(', ')}]`)
  assert.deepEqual(readKustomization(`l0: &l0 [a]\n${layers.join('\n')}\nresources: *l30\n`).bases, [])
})

test('finds the files that the documents of a plugin name', () => {
  const text =
    'kind: PatchTransformer\npath: one.yaml\n--- # next\nkind: ReplacementTransformer\nreplacements: [{path: two.yaml}]\n---\nkind: SecretGenerator\nfiles: [k=three.txt]\n'
  assert.deepEqual(readPlugin(text), ['one.yaml', 'two.yaml', 'three.txt'])
})

test('tells what Kustomize would fetch from what is beside it', () => {
  const remote = [
    'https://github.com/a/b',
    'http://x/y.yaml',
    'ssh://git@x/y',
    'git@github.com:a/b',
    'github.com/a/b//c?ref=v1',
    'GitHub.com:a/b',
    'git::https://x/y',
    'file:///srv/repository',
  ]
  for (const path of remote) assert.equal(isRemote(path), true, path)
  for (const path of ['../base', 'gitlab.com/a/b', 'a@b.yaml', 'github.community/a', 'x:y.yaml', 'httpsomething']) assert.equal(isRemote(path), false, path)
})
