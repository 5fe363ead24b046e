import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {Manifest} from '../../server/model/manifests.ts'
import {MemoryFiles} from '../memory-files.ts'
import {deployment, manifestsOf, openRenderer, renderWith} from './render.ts'

const renderer = openRenderer()

/** `kind name file:line` of each object, the line being that of its kind. */
async function origins(contents: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const rendering = await renderWith(renderer, new MemoryFiles(contents), {kustomize: 'prod'})
  return manifestsOf(rendering).map(
    ({object, origin, line}: Manifest) =>
      `${object.kind} ${object.metadata.name} ${origin?.slice('file:///workspace/'.length)}${line === undefined ? '' : `:${line}`}`,
  )
}

const configMap = (name: string, data = ''): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {${data}}\n`

test('tells documents of a file and files of an overlay apart, through changed names', async () => {
  const found = await origins({
    'base/kustomization.yaml': 'namePrefix: base-\nresources: [two.yaml, lead.yaml, windows.yaml]\n',
    'base/two.yaml': `# both\n\n${configMap('a')}---\n# next\n${configMap('b')}`,
    'base/lead.yaml': `---\n---\n# comment\n${configMap('c')}---\n`,
    'base/windows.yaml': `\uFEFF${configMap('d')}--- # next\n${configMap('e')}`.replaceAll('\n', '\r\n'),
    'prod/kustomization.yaml': 'nameSuffix: -prod\nnamespace: prod\nresources: [../base, own.yaml]\ncommonAnnotations: {x: z}\n',
    'prod/own.yaml': configMap('a'),
  })
  assert.deepEqual(found, [
    'ConfigMap a-prod prod/own.yaml:2',
    'ConfigMap base-a-prod base/two.yaml:4',
    'ConfigMap base-b-prod base/two.yaml:10',
    'ConfigMap base-c-prod base/lead.yaml:5',
    'ConfigMap base-d-prod base/windows.yaml:2',
    'ConfigMap base-e-prod base/windows.yaml:7',
  ])
})

test('finds by name what a generator made, what a JSON patch changed and what a List held', async () => {
  const found = await origins({
    'base/kustomization.yaml': 'resources: [cart.yaml, list.yaml]\nsecretGenerator: [{name: key, literals: [a=b]}]\n',
    'base/cart.yaml': `${configMap('cart')}---\n${deployment('cart')}`,
    'base/list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    metadata: {name: front}\n`,
    'prod/kustomization.yaml':
      'namePrefix: p-\nresources: [../base]\nconfigMapGenerator: [{name: key, literals: [a=b]}]\npatches:\n  - target: {kind: Deployment}\n    patch: |-\n      - {op: replace, path: /spec/replicas, value: 4}\n',
  })
  assert.deepEqual(found, [
    'ConfigMap p-cart base/cart.yaml:2',
    'ConfigMap p-key-4h2mbtbbt6 prod/kustomization.yaml',
    'Secret p-key-k695gkmbtk base/kustomization.yaml',
    'Service p-front base/list.yaml:5',
    'Deployment p-cart base/cart.yaml:6',
  ])
})

test('does not touch a manifest that is content as well', async () => {
  const contents = {
    'prod/kustomization.yaml': 'resources: [a.yaml]\nconfigMapGenerator: [{name: copy, files: [key=a.yaml], options: {disableNameSuffixHash: true}}]\n',
    'prod/a.yaml': configMap('a'),
  }
  const rendering = await renderWith(renderer, new MemoryFiles(contents), {kustomize: 'prod'})
  assert.deepEqual(
    manifestsOf(rendering).map(({object}) => object.data),
    [{}, {key: configMap('a')}],
  )
  assert.deepEqual(await origins(contents), ['ConfigMap a prod/a.yaml:1', 'ConfigMap copy prod/kustomization.yaml'])
})

test('keeps text inside documents as it is', async () => {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  script: |+2\n\n      one\n    ---\n    two\n\n  folded: >-\n    a\n\n    b\n  quoted: "c\n\n    d"\n`
  const rendering = await renderWith(
    renderer,
    new MemoryFiles({'prod/kustomization.yaml': 'resources: [z.yaml, a.yaml]', 'prod/a.yaml': text, 'prod/z.yaml': configMap('z')}),
    {kustomize: 'prod'},
  )
  assert.deepEqual(manifestsOf(rendering)[0]?.object.data, {script: '\n  one\n---\ntwo\n\n', folded: 'a\nb', quoted: 'c\nd'})
})
