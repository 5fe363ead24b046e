import assert from 'node:assert/strict'
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {copyFile, mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {test} from 'node:test'
import type {Worker} from 'node:worker_threads'
import type {Files} from '../../server/model/files.ts'
import {WasmRenderer} from '../../server/render/renderer.ts'
import {MemoryFiles} from '../memory-files.ts'
import {deployment, engine, manifestsOf, openRenderer, renderWith, sourceOf, summary, unaborted, worker} from './render.ts'

const filesWith = (name: string) => new MemoryFiles({'live/a.yaml': deployment(name)})
/** Longer than any test waits, in milliseconds. */
const day = 86_400_000
const live = {directory: 'live'} as const
const endless = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n',
  'chart/values.yaml': 'again: "{{ tpl .Values.again . }}"\n',
  'chart/templates/a.yaml': '{{ tpl .Values.again . }}',
}

/** Timers and workers of the renderer keep no process alive; a test that waits for them must. */
async function staying<Value>(wait: Promise<Value>): Promise<Value> {
  const stay = setInterval(() => {}, 1_000)
  try {
    return await wait
  } finally {
    clearInterval(stay)
  }
}

test('remembers by content, and equal requests share one rendering', async () => {
  const renderer = openRenderer()
  const [one, other] = await Promise.all([renderWith(renderer, filesWith('a'), live), renderWith(renderer, filesWith('a'), live)])
  const later = await renderWith(renderer, filesWith('a'), live)
  const changed = await renderWith(renderer, filesWith('b'), live)
  const object = manifestsOf(one)[0]?.object
  assert.equal(manifestsOf(other)[0]?.object, object)
  assert.equal(manifestsOf(later)[0]?.object, object)
  assert.equal(manifestsOf(changed)[0]?.object.metadata.name, 'b')
})

test('forgets the oldest results when there is no room', async () => {
  const renderer = openRenderer({remembered: 500})
  const first = await renderWith(renderer, filesWith('a'), live)
  await renderWith(renderer, filesWith('b'), live)
  const again = await renderWith(renderer, filesWith('a'), live)
  assert.notEqual(manifestsOf(again)[0]?.object, manifestsOf(first)[0]?.object)
})

test('joins several sources and what each has read', async () => {
  const files = new MemoryFiles({'live/a.yaml': deployment('a'), 'prod/kustomization.yaml': 'resources: [b.yaml]', 'prod/b.yaml': deployment('b')})
  const sources = [sourceOf({kustomize: 'prod'}, files), sourceOf(live, files)]
  const rendering = await openRenderer().render({sources, root: files.root, files}, unaborted)
  assert.deepEqual(summary(rendering), ['Deployment b < prod/b.yaml', 'Deployment a < live/a.yaml'])
  assert.ok(rendering.read.includes(files.uri('live/a.yaml')) && rendering.read.includes(files.uri('prod/b.yaml')))
})

test('a source that failed speaks before one that is unknown', async () => {
  const files = new MemoryFiles({'prod/kustomization.yaml': 'resources: ["https://example.com/a.yaml"]'})
  const sources = [sourceOf({kustomize: 'prod'}, files), sourceOf(live, files)]
  assert.equal(summary(await openRenderer().render({sources, root: files.root, files}, unaborted)), 'failed at live: live does not exist.')
})

test('an aborted request is rejected with its reason, and others go on', async () => {
  const renderer = openRenderer()
  const files = filesWith('a')
  const request = {sources: [sourceOf(live, files)], root: files.root, files}
  await assert.rejects(renderer.render(request, AbortSignal.abort(new Error('edited'))), /edited/)
  const stop = new AbortController()
  const [running, shared, alone] = [
    renderWith(renderer, files, live),
    renderer.render(request, stop.signal),
    renderer.render({...request, files: filesWith('b')}, stop.signal),
  ]
  stop.abort(new Error('edited'))
  const ends = await Promise.allSettled([running, shared, alone])
  assert.deepEqual(
    ends.map(({status}) => status),
    ['fulfilled', 'rejected', 'rejected'],
  )
  assert.deepEqual(summary(await renderWith(renderer, filesWith('b'), live)), ['Deployment b < live/a.yaml'], 'an aborted rendering can be asked for again')
})

test('stops a rendering that takes too long, and goes on with the next', async () => {
  const renderer = openRenderer({deadline: 4_000})
  const [slow, next] = await Promise.all([renderWith(renderer, new MemoryFiles(endless), {helm: 'chart'}), renderWith(renderer, filesWith('a'), live)])
  assert.equal(summary(slow), 'unknown: Rendering chart took longer than 4 s and was stopped.')
  assert.deepEqual(summary(next), ['Deployment a < live/a.yaml'])
})

test('admits that the engine is not there, and finds it when it came', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'))
  t.after(() => rm(folder, {recursive: true}))
  const path = join(folder, 'engine.wasm')
  const renderer = openRenderer({engine: path})
  assert.equal(summary(await renderWith(renderer, filesWith('a'), live)), `unknown: The render engine stopped: ${path} does not exist.`)
  await copyFile(engine, path)
  assert.deepEqual(summary(await renderWith(renderer, filesWith('b'), live)), ['Deployment b < live/a.yaml'])
})

test('starts another worker when one died', async () => {
  const renderer = openRenderer()
  const started = once(process, 'worker') as Promise<[Worker]>
  await renderWith(renderer, filesWith('a'), live)
  const [first] = await started
  await first.terminate()
  assert.deepEqual(summary(await renderWith(renderer, filesWith('b'), live)), ['Deployment b < live/a.yaml'])
})

test('admits that the worker died while it rendered', async () => {
  const dying = new URL(
    `data:text/javascript,${encodeURIComponent("import {parentPort} from 'node:worker_threads'; parentPort.on('message', () => process.exit(3)); parentPort.postMessage({kind: 'ready'})")}`,
  )
  const renderer = openRenderer({worker: dying})
  assert.equal(summary(await renderWith(renderer, filesWith('a'), live)), 'unknown: The render engine ended with code 3.')
})

test('gives its memory back after a quiet time, and when it holds too much', {timeout: 60_000}, async () => {
  for (const options of [{quiet: 1}, {memory: 1, quiet: day}]) {
    const renderer = openRenderer(options)
    const started = once(process, 'worker') as Promise<[Worker]>
    await renderWith(renderer, filesWith('a'), live)
    const [first] = await started
    if (first.threadId !== -1) await staying(once(first, 'exit'))
    assert.deepEqual(summary(await renderWith(renderer, filesWith('b'), live)), ['Deployment b < live/a.yaml'])
  }
})

test('keeps no process alive', async () => {
  const script = `
    import {WasmRenderer} from ${JSON.stringify(new URL('../../server/render/renderer.ts', import.meta.url).href)}
    const renderer = new WasmRenderer({engine: ${JSON.stringify(engine)}, worker: new URL(${JSON.stringify(worker.href)}), quiet: ${day}})
    await renderer.warm(new AbortController().signal)
    process.stdout.write('warm')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000})
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (said += text))
  assert.deepEqual(await once(child, 'close'), [0, null])
  assert.equal(said, 'warm', 'no warning of Node, no word of the engine')
})

test('answers after it was closed', async () => {
  const renderer = new WasmRenderer({engine, worker})
  await renderer.close()
  assert.equal(summary(await renderWith(renderer, filesWith('a'), live)), 'unknown: The render engine was closed.')
})

test('refuses to read too much', async () => {
  const many = new MemoryFiles(Object.fromEntries(Array.from({length: 12}, (_, index) => [`live/${index}.yaml`, deployment('a')])))
  assert.equal(
    summary(await renderWith(openRenderer({limits: {files: 10, bytes: 1e6}}), many, live)),
    'unknown: live was not rendered: more than 10 files would have to be read.',
  )
  const large = new MemoryFiles({'live/a.yaml': `# ${'x'.repeat(3e6)}\n`})
  assert.match(
    String(summary(await renderWith(openRenderer({limits: {files: 10, bytes: 2e6}}), large, live))),
    /^unknown: live was not rendered: more than 2 MB of files would have to be read, the last one live\/a\.yaml\.$/,
  )
})

test('a file that cannot be read makes the rendering unknown', async () => {
  const files = filesWith('a')
  const broken: Files = {read: () => Promise.reject(new Error('live/a.yaml: permission denied')), list: (uri, signal) => files.list(uri, signal)}
  const rendering = await openRenderer().render({sources: [sourceOf(live, files)], root: files.root, files: broken}, unaborted)
  assert.equal(summary(rendering), 'unknown: live/a.yaml: permission denied')
})
