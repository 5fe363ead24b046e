import assert from 'node:assert/strict'
import {join} from 'node:path'
import {test} from 'node:test'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every file that is loaded with one, without what it imports only when it is needed. */
async function loadedWith(entry: string): Promise<ReadonlySet<string>> {
  const {metafile} = await build({
    absWorkingDir: root,
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  })
  const loaded = new Set<string>()
  const open = [entry]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (loaded.has(path)) continue
    loaded.add(path)
    for (const {path: next, kind} of metafile.inputs[path]?.imports ?? []) if (kind !== 'dynamic-import') open.push(next)
  }
  return loaded
}

const among = (loaded: ReadonlySet<string>, pattern: RegExp): string[] => [...loaded].filter(path => pattern.test(path))

test('what answers initialize loads no YAML, no schema, no rules and nothing that renders', async () => {
  const loaded = await loadedWith('server/lsp/start.ts')
  assert.ok(loaded.has('server/lsp/capabilities.ts'))
  assert.deepEqual(among(loaded, /node_modules\/yaml\/|^generated\/|^server\/(rules|sources|render|analysis|service)/), [])
})

test('a server that is asked about the language alone loads nothing of the cluster, and no engine', async () => {
  for (const entry of ['server/lsp/session.ts', 'server/service.ts']) {
    const loaded = await loadedWith(entry)
    assert.deepEqual(among(loaded, /^server\/(cluster|engines)\/|@kubernetes|undici|^server\/render\//), [], entry)
  }
})

test('no parser of scripts is loaded before the first script is met', async () => {
  for (const entry of ['server/lsp/session.ts', 'server/service.ts']) {
    const loaded = await loadedWith(entry)
    assert.ok(loaded.has('server/scripts/scripts.ts') || entry !== 'server/service.ts')
    assert.deepEqual(among(loaded, /node_modules\/(web-tree-sitter|acorn)\//), [], entry)
  }
})
