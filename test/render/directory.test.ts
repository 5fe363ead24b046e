import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {MemoryFiles} from '../memory-files.ts'
import {deployment, manifestsOf, openRenderer, renderWith, summary} from './render.ts'

const renderer = openRenderer()
const render = (contents: Readonly<Record<string, string>>) => renderWith(renderer, new MemoryFiles(contents), {directory: 'live'})

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`

test('reads a folder as kubectl apply does: by name, by extension, not below', async () => {
  const rendering = await render({
    'live/b.yaml': `# first\n---\n${configMap('b1')}--- # next\n${configMap('b2')}---\n`,
    'live/a.json':
      '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a1"}}\n{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a2"}}',
    'live/c.yml': `\uFEFFapiVersion: v1\r\nkind: List\r\nitems:\r\n  - {apiVersion: v1, kind: ConfigMap, metadata: {name: c1}}\r\n  - {apiVersion: v1, kind: ConfigMap, metadata: {generateName: c2-}}\r\n`,
    'live/readme.md': 'no',
    'live/below/d.yaml': configMap('d'),
  })
  assert.deepEqual(summary(rendering), [
    ...['ConfigMap a1 < live/a.json', 'ConfigMap a2 < live/a.json', 'ConfigMap b1 < live/b.yaml', 'ConfigMap b2 < live/b.yaml'],
    ...['ConfigMap c1 < live/c.yml', 'ConfigMap undefined < live/c.yml'],
  ])
  assert.deepEqual(rendering.read, ['file:///workspace/live', 'file:///workspace/live/a.json', 'file:///workspace/live/b.yaml', 'file:///workspace/live/c.yml'])
})

test('keeps values as Kubernetes reads them', async () => {
  const [only] = manifestsOf(await render({'live/a.yaml': `${configMap('a')}data: {yes: "on", port: "0123", number: 1e3, big: 9007199254740991, off: no}\n`}))
  assert.deepEqual(only?.object.data, {true: 'on', port: '0123', number: 1000, big: 9007199254740991, false: false})
})

describe('says what is wrong, and where', () => {
  const wrong: readonly [name: string, contents: Readonly<Record<string, string>>, said: string][] = [
    ['missing folder', {'other/a.yaml': ''}, 'failed at live: live does not exist.'],
    ['nothing to read', {'live/readme.md': ''}, 'failed at live: live holds no .yaml, .yml or .json file'],
    ['broken YAML', {'live/a.yaml': `${configMap('a')}---\na: 1\nb: [\n`}, 'failed at live/a.yaml:6: did not find expected node content'],
    ['broken JSON', {'live/a.json': '{\n"a": 1,\n}'}, "failed at live/a.json:3: invalid character '}' looking for beginning of object key string"],
    [
      'no kind',
      {'live/a.yaml': `${deployment('a')}---\n\n# values\nreplicas: 1\n`},
      'failed at live/a.yaml:15: this is not a Kubernetes object: it needs apiVersion and kind',
    ],
    ['no name', {'live/a.yaml': 'apiVersion: v1\nkind: Secret\n'}, 'failed at live/a.yaml:1: this Secret has no metadata.name'],
    [
      'no mapping',
      {'live/a.yaml': '- a\n'},
      'failed at live/a.yaml:1: this is not a Kubernetes object: apiVersion, kind and metadata do not have the form they must have',
    ],
    [
      'conflict markers',
      {'live/a.yaml': `<<<<<<< HEAD\n${configMap('a')}=======\n${configMap('b')}>>>>>>> other\n`},
      'failed at live/a.yaml:2: mapping values are not allowed in this context',
    ],
  ]
  for (const [name, contents, said] of wrong) test(name, async () => assert.equal(summary(await render(contents)), said))
})
