import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {PathKind} from '../../server/model/path.ts'
import {Lookups} from '../../server/workspace/lookups.ts'
import {MemoryFiles} from '../memory-files.ts'

const {signal} = new AbortController()

const files = (texts: readonly string[]): MemoryFiles => new MemoryFiles(Object.fromEntries(texts.map(path => [path, ''])))

const wanted = (memory: MemoryFiles, path: string, kind: PathKind = 'file') => ({path, kind, uri: memory.uri(path)})

async function lookUp(texts: readonly string[], path: string, kind?: PathKind, root?: string) {
  const memory = files(texts)
  const lookups = new Lookups(memory)
  await lookups.lookUp([wanted(memory, path, kind)], root ?? memory.root, signal)
  return lookups.of(wanted(memory, path, kind))
}

test('files, folders and what is missing', async () => {
  assert.deepEqual(await lookUp(['a/b.yaml'], 'a/b.yaml'), {existence: 'file'})
  assert.deepEqual(await lookUp(['a/b.yaml'], 'a', 'folder'), {existence: 'folder'})
  assert.equal((await lookUp(['a/b.yaml'], 'a/x.yaml'))?.existence, 'missing')
  assert.equal((await lookUp(['a/b.yaml'], 'nowhere/at/all.yaml'))?.existence, 'missing')
  assert.equal((await lookUp(['a/b.yaml'], 'a/b.yaml/c', 'folder'))?.existence, 'missing')
})

test('outside of the root nothing is known, and nothing is looked for', async () => {
  const memory = files(['a/b.yaml'])
  const lookups = new Lookups(memory)
  const path = wanted(memory, '../elsewhere.yaml')
  await lookups.lookUp([path], memory.root, signal)
  assert.deepEqual(lookups.of(path), {existence: 'unknown'})
})

test('an overlay needs its kustomization, a chart its Chart.yaml', async () => {
  const overlay = await lookUp(['deploy/kustomization.yml'], 'deploy', 'overlay')
  assert.equal(overlay?.existence, 'folder')
  assert.match(overlay?.kustomization ?? '', /deploy\/kustomization\.yml$/)
  assert.deepEqual(await lookUp(['deploy/web.yaml'], 'deploy', 'overlay'), {existence: 'folder', lacks: 'kustomization.yaml'})
  assert.deepEqual(await lookUp(['chart/Chart.yaml'], 'chart', 'chart'), {existence: 'folder'})
  assert.deepEqual(await lookUp(['chart/values.yaml'], 'chart', 'chart'), {existence: 'folder', lacks: 'Chart.yaml'})
})

test('a path like one that is there, at any depth, if all of it is there', async () => {
  assert.equal((await lookUp(['deploy/staging/web.yaml'], 'deploy/stagign/web.yaml'))?.near, 'deploy/staging/web.yaml')
  assert.equal((await lookUp(['deploy/staging.yaml'], 'deploy/stagign.yaml'))?.near, 'deploy/staging.yaml')
  assert.equal((await lookUp(['deploy/staging/other.yaml'], 'deploy/stagign/web.yaml'))?.near, undefined)
  assert.equal((await lookUp(['completely/different.yaml'], 'x.yaml'))?.near, undefined)
})

test('what is known is not looked up again until something changes', async () => {
  const memory = files(['a/b.yaml'])
  const lookups = new Lookups(memory)
  const paths = [wanted(memory, 'a/b.yaml'), wanted(memory, 'a/c.yaml')]
  assert.equal(await lookups.lookUp(paths, memory.root, signal), true)
  assert.equal(await lookups.lookUp(paths, memory.root, signal), false)
})

test('a file that comes or goes is noticed, and a text that changes is not', async () => {
  const memory = files(['a/b.yaml', 'deploy/web.yaml'])
  const lookups = new Lookups(memory)
  const [there, missing, overlay] = [wanted(memory, 'a/b.yaml'), wanted(memory, 'a/c.yaml'), wanted(memory, 'deploy', 'overlay')]
  await lookups.lookUp([there, missing, overlay], memory.root, signal)
  assert.equal(lookups.forget(memory.uri('a/b.yaml'), 'changed'), false)
  assert.equal(lookups.forget(memory.uri('progression.yaml'), 'changed'), false)
  assert.equal(lookups.forget(memory.uri('a/c.yaml'), 'changed'), true)
  assert.equal(lookups.of(missing), undefined)
  assert.equal(lookups.forget(memory.uri('deploy/kustomization.yaml'), 'changed'), true)
  assert.equal(lookups.forget(memory.uri('a'), 'deleted'), true)
  assert.equal(lookups.of(there), undefined)
})

test('a new neighbour may be what a missing path meant', async () => {
  const memory = files(['a/b.yaml'])
  const lookups = new Lookups(memory)
  const path = wanted(memory, 'a/smoke.yaml')
  await lookups.lookUp([path], memory.root, signal)
  assert.equal(lookups.of(path)?.near, undefined)
  memory.write('a/smoek.yaml', '')
  assert.equal(lookups.forget(memory.uri('a/smoek.yaml'), 'changed'), true)
  await lookups.lookUp([path], memory.root, signal)
  assert.equal(lookups.of(path)?.near, 'a/smoek.yaml')
})
