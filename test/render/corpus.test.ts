import assert from 'node:assert/strict'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {basename, dirname, join, relative} from 'node:path'
import {describe, test} from 'node:test'
import {fileURLToPath} from 'node:url'
import {fileUri} from '../../server/document/uri.ts'
import type {ManifestSource, Rendering} from '../../server/model/manifests.ts'
import {DiskFiles} from '../../server/workspace/disk-files.ts'
import {corpus} from '../corpus/folder.ts'
import {nativeObjects, nativePrograms} from './native.ts'
import {manifestsOf, openRenderer, unaborted} from './render.ts'

const isHere = existsSync(corpus)
const skip = isHere || process.env.CI === 'true' ? false : `there is no corpus at ${corpus}`
const native = await nativePrograms()
const skipNative = skip || (native === undefined ? 'PROGRESSION_NATIVE=1 builds Kustomize and Helm to compare with' : false)

const renderer = openRenderer()

function render(root: string, source: ManifestSource): Promise<Rendering> {
  const uri = fileUri(root)
  return renderer.render({sources: [source], root: uri, files: new DiskFiles(() => [uri])}, unaborted)
}

/** Every folder of the corpus with a file of one of these names, and the repository it belongs to. */
function foldersWith(...names: readonly string[]): readonly {readonly root: string; readonly folder: string}[] {
  if (!isHere) return []
  const entries = readdirSync(corpus, {recursive: true, encoding: 'utf8'}).filter(path => names.includes(basename(path)))
  return entries.sort().map(path => ({root: join(corpus, path.split('/')[0] ?? ''), folder: join(corpus, dirname(path))}))
}

const objects = (rendering: Rendering): unknown => JSON.parse(JSON.stringify(manifestsOf(rendering).map(({object}) => object)))

describe('a dozen services nobody here wrote', {skip}, () => {
  const root = join(corpus, 'GoogleCloudPlatform__microservices-demo')
  test('as an overlay', async () => {
    const manifests = manifestsOf(await render(root, {kind: 'kustomize', folder: fileUri(join(root, 'kustomize'))}))
    const deployments = manifests.filter(({object}) => object.kind === 'Deployment')
    assert.equal(manifests.length, 35)
    assert.equal(deployments.length, 12)
    for (const {origin, object} of manifests) {
      assert.ok(origin?.startsWith(fileUri(join(root, 'kustomize/base'))) ?? false, `${object.kind} ${object.metadata.name} comes from ${origin}`)
      assert.match(readFileSync(fileURLToPath(origin ?? ''), 'utf8'), new RegExp(`name: ${object.metadata.name}\n`))
    }
  })
  test('as a chart', async () => {
    const chart = fileUri(join(root, 'helm-chart'))
    const manifests = manifestsOf(await render(root, {kind: 'helm', chart, values: [], release: 'shop', namespace: 'shop'}))
    assert.equal(manifests.filter(({object}) => object.kind === 'Deployment').length, 12)
    assert.ok(manifests.every(({origin}) => origin?.startsWith(`${chart}/templates/`)))
  })
})

describe('overlays of the corpus, as Kustomize itself builds them', {skip: skipNative}, () => {
  for (const {root, folder} of foldersWith('kustomization.yaml', 'kustomization.yml', 'Kustomization')) {
    test(relative(corpus, folder), async () => {
      const rendering = await render(root, {kind: 'kustomize', folder: fileUri(folder)})
      if (rendering.state === 'unknown') return assert.match(rendering.why, /over the network|runs? helm|program of its own/)
      const expected = await nativeObjects(native?.kustomize ?? '', ['build', folder, '--reorder', 'legacy'], root)
      if (rendering.state === 'failed') return assert.equal(expected, undefined, rendering.message)
      assert.deepEqual(objects(rendering), expected)
    })
  }
})

describe('charts of the corpus, as Helm itself renders them', {skip: skipNative}, () => {
  for (const {root, folder} of foldersWith('Chart.yaml')) {
    const beside = readdirSync(folder).filter(name => /^values[-.].+\.ya?ml$/.test(name) && name !== 'values.yaml')
    for (const values of [[], ...beside.map(name => [join(folder, name)])]) {
      test([relative(corpus, folder), ...values.map(path => basename(path))].join(' with '), async () => {
        const rendering = await render(root, {kind: 'helm', chart: fileUri(folder), values: values.map(fileUri), release: 'shop', namespace: 'front'})
        const schema = join(folder, 'values.schema.json')
        const unchecked = existsSync(schema) && readFileSync(schema, 'utf8').includes('https://raw.') ? ['--skip-schema-validation'] : []
        const args = ['template', 'shop', folder, '--namespace', 'front', '--include-crds', ...unchecked, ...values.flatMap(path => ['--values', path])]
        const expected = await nativeObjects(native?.helm ?? '', args, root)
        if (rendering.state === 'unknown') assert.match(rendering.why, /helm dependency build/)
        if (rendering.state !== 'rendered') return assert.equal(expected, undefined, JSON.stringify(rendering))
        assert.deepEqual(objects(rendering), expected)
      })
    }
  }
})
