import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {MemoryFiles} from '../memory-files.ts'
import {containersOf, deployment, manifestsOf, openRenderer, renderWith, replicasOf, summary} from './render.ts'

const renderer = openRenderer()
const render = (contents: Readonly<Record<string, string>>) => renderWith(renderer, new MemoryFiles(contents), {kustomize: 'prod'})

const base = {'base/kustomization.yaml': 'resources: [cart.yaml]', 'base/cart.yaml': deployment('cart')}

test('builds an overlay with the file each object began in', async () => {
  const rendering = await render({
    ...base,
    'prod/kustomization.yaml':
      'namePrefix: p-\nresources: [../base]\nconfigMapGenerator:\n  - {name: settings, files: [key=with space.txt], envs: [.env]}\npatches: [{path: more.yaml}]\n',
    'prod/with space.txt': 'hello',
    'prod/.env': 'A=1\n',
    'prod/more.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: cart}\nspec: {replicas: 3}\n',
  })
  assert.deepEqual(summary(rendering), ['ConfigMap p-settings-8hdf8c4986 < prod/kustomization.yaml', 'Deployment p-cart < base/cart.yaml'])
  const [settings, cart] = manifestsOf(rendering)
  assert.deepEqual(settings?.object.data, {A: '1', key: 'hello'})
  assert.equal(replicasOf(cart), 3)
  assert.equal(cart?.object.metadata.annotations, undefined, 'no trace of how the origin was found')
})

test('reads what it needs and no more, and says what is missing', async () => {
  const rendering = await render({
    ...base,
    'prod/kustomization.yaml': 'resources: [../base, later.yaml]',
    'prod/other.yaml': 'x',
    'staging/kustomization.yaml': '',
  })
  assert.deepEqual(
    rendering.read.map(uri => uri.slice('file:///workspace/'.length)),
    [
      ...['base', 'base/Kustomization', 'base/cart.yaml', 'base/kustomization.yaml', 'base/kustomization.yml'],
      ...['prod', 'prod/Kustomization', 'prod/kustomization.yaml', 'prod/kustomization.yml', 'prod/later.yaml'],
    ],
  )
})

test('finds files that only the engine knows to be needed', async () => {
  const files = {
    ...base,
    'prod/kustomization.yaml': 'resources: [../base]\ntransformers: [../plugins]\n',
    'plugins/kustomization.yaml': 'resources: [patch.yaml]\n',
    'plugins/patch.yaml': 'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: x}\npath: replicas.yaml\n',
    'prod/replicas.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: cart}\nspec: {replicas: 7}\n',
  }
  const [cart] = manifestsOf(await render(files))
  assert.equal(replicasOf(cart), 7)
})

test('keeps the origins an author asked for', async () => {
  const [cart] = manifestsOf(await render({...base, 'prod/kustomization.yaml': 'resources: [../base]\nbuildMetadata: [originAnnotations]\n'}))
  assert.deepEqual(cart?.object.metadata.annotations, {'config.kubernetes.io/origin': 'path: ../base/cart.yaml\n'})
})

test('does not let a patch of annotations meet the origin', async () => {
  const patch = 'patches:\n  - target: {kind: Deployment}\n    patch: |-\n      - {op: replace, path: /metadata/annotations, value: {a: b}}\n'
  const rendering = await render({
    ...base,
    'prod/kustomization.yaml': `resources: [../base]\n${patch}`,
    'base/cart.yaml': deployment('cart').replace('{name: cart}', '{name: cart, annotations: {c: d}}'),
  })
  const [cart] = manifestsOf(rendering)
  assert.deepEqual(cart?.object.metadata.annotations, {a: 'b'})
})

test('forgets the schema of one overlay before the next', async () => {
  const own = {...base, 'prod/kustomization.yaml': 'resources: [../base]\nopenapi: {path: schema.json}\npatches: [{path: port.yaml}]\n'}
  const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: cart}\nspec: {template: {spec: {containers: [{name: side, image: side}]}}}\n'
  const images = (rendering: Awaited<ReturnType<typeof render>>) => containersOf(manifestsOf(rendering)[0]).map(({image}) => image)
  const bare = await render({...own, 'prod/schema.json': '{"definitions": {}}', 'prod/port.yaml': patch})
  assert.deepEqual(images(bare), ['side'], 'without a schema a list is replaced')
  const usual = await render({...base, 'prod/kustomization.yaml': 'resources: [../base]\npatches: [{path: port.yaml}]\n', 'prod/port.yaml': patch})
  assert.deepEqual(images(usual), ['side', 'cart:1'], 'with that of Kubernetes it is merged')
})

test('says what is wrong with a schema that is none', async () => {
  const rendering = await render({
    ...base,
    'prod/kustomization.yaml': 'resources: [../base]\nopenapi: {path: schema.json}\npatches: [{path: port.yaml}]\n',
    'prod/schema.json': '{',
    'prod/port.yaml': deployment('cart'),
  })
  assert.match(String(summary(rendering)), /^failed at prod\/kustomization.yaml: invalid schema file: /)
})

describe('says what is wrong, and where', () => {
  const wrong: readonly [name: string, contents: Readonly<Record<string, string>>, said: string | RegExp][] = [
    ['missing overlay', {'x/a.yaml': ''}, 'failed at prod: prod does not exist.'],
    ['no kustomization', {'prod/a.yaml': ''}, /^failed at prod: unable to find one of 'kustomization.yaml', .* in directory 'prod'$/],
    ['empty kustomization', {'prod/kustomization.yaml': 'kind: Kustomization\n'}, 'failed at prod/kustomization.yaml: kustomization.yaml is empty'],
    [
      'missing file',
      {'prod/kustomization.yaml': 'resources:\n  - missing.yaml\n'},
      /^failed at prod\/kustomization.yaml:2: .*'prod\/missing.yaml' doesn't exist/,
    ],
    ['missing base', {'prod/kustomization.yaml': 'resources:\n- ../base\n'}, /^failed at prod\/kustomization.yaml:2: .*'base' doesn't exist$/],
    [
      'missing patch',
      {...base, 'prod/kustomization.yaml': 'resources: [../base]\npatches:\n  - path: p.yaml\n'},
      /^failed at prod\/kustomization.yaml:3: (.|\n)*'prod\/p.yaml' doesn't exist$/,
    ],
    [
      'itself',
      {'prod/kustomization.yaml': 'resources: [../prod]'},
      /^failed at prod\/kustomization.yaml:1: .*cycle detected: candidate root 'prod' contains visited root 'prod'$/,
    ],
    [
      'a circle',
      {'prod/kustomization.yaml': 'resources: [../b]', 'b/kustomization.yaml': '\nresources: [../prod]'},
      /^failed at b\/kustomization.yaml:2: .*cycle detected/,
    ],
    [
      'broken manifest',
      {...base, 'base/cart.yaml': `${deployment('cart')}---\na: 1\nb: [\n`, 'prod/kustomization.yaml': 'resources: [../base]'},
      /^failed at base\/cart.yaml:14: .*yaml: /,
    ],
    [
      'broken kustomization',
      {...base, 'prod/kustomization.yaml': 'resources: [../base]\npatches: [\n'},
      /^failed at prod\/kustomization.yaml:2: invalid Kustomization: yaml: /,
    ],
    [
      'unknown field',
      {...base, 'prod/kustomization.yaml': 'resources: [../base]\nresorces: []\n'},
      'failed at prod/kustomization.yaml:2: invalid Kustomization: json: unknown field "resorces"',
    ],
    [
      'patch without target',
      {...base, 'prod/kustomization.yaml': `resources: [../base]\npatches: [{patch: "${deployment('shop').replaceAll('\n', '\\n')}"}]`},
      /no resource matches strategic merge patch "Deployment\.v1\.apps\/shop/,
    ],
    [
      'file above the overlay',
      {...base, 'prod/kustomization.yaml': 'resources: [../base/cart.yaml]'},
      /^failed at prod\/kustomization.yaml:1: .*security; file 'base\/cart.yaml' is not in or below 'prod'/,
    ],
    ['absolute path', {'prod/kustomization.yaml': 'resources: [/etc]'}, /new root '\/etc' cannot be absolute$/],
  ]
  for (const [name, contents, said] of wrong) {
    test(name, async () => {
      const found = String(summary(await render(contents)))
      if (typeof said === 'string') assert.equal(found, said)
      else assert.match(found, said)
      assert.doesNotMatch(found, /work-tree/)
    })
  }
})

describe('admits what it cannot know without a network or another program', () => {
  const beyond: readonly [name: string, contents: Readonly<Record<string, string>>, why: RegExp][] = [
    [
      'remote base',
      {...base, 'prod/kustomization.yaml': 'resources: [../mid]', 'mid/kustomization.yaml': 'resources: [../base, github.com/a/b//c?ref=v1]'},
      /^unknown: mid\/kustomization.yaml names github\.com\/a\/b\/\/c\?ref=v1, which Kustomize loads over the network\./,
    ],
    ['remote file', {'prod/kustomization.yaml': 'resources: ["https://example.com/x.yaml"]'}, /names https:\/\/example\.com\/x\.yaml, which/],
    ['helm chart', {'prod/kustomization.yaml': 'helmCharts: [{name: redis}]'}, /^unknown: prod\/kustomization.yaml uses helmCharts\./],
    [
      'function',
      {
        ...base,
        'prod/kustomization.yaml': 'resources: [../base]\ngenerators: [secrets.yaml]',
        'prod/secrets.yaml':
          'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: x, annotations: {config.kubernetes.io/function: "exec: {path: ksops}"}}\nfiles: [s.yaml]\n',
      },
      /^unknown: prod cannot be rendered here, because it runs a plugin that is a program of its own: .*'ksops'/,
    ],
    [
      'outside of the root',
      {'prod/kustomization.yaml': 'resources: [../../base]'},
      /^unknown: prod\/kustomization.yaml names \.\.\/\.\.\/base, which lies outside of the folder that may be read\.$/,
    ],
  ]
  for (const [name, contents, why] of beyond) test(name, async () => assert.match(String(summary(await render(contents))), why))
})
