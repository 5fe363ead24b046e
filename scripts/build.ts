import {createReadStream, createWriteStream, existsSync} from 'node:fs'
import {copyFile, mkdir, readdir, rename, rm, stat} from 'node:fs/promises'
import {join, relative} from 'node:path'
import {pipeline} from 'node:stream/promises'
import {fileURLToPath} from 'node:url'
import {constants, createBrotliCompress} from 'node:zlib'
import {type BuildOptions, build} from 'esbuild'
import {buildRenderEngine} from './build-engine.ts'
import {flowchartOnly} from './flowchart-only.ts'
import {loadedLater} from './loaded-later.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  // Packages that offer both a UMD and an ES build bundle to a broken file when their UMD `main` is taken.
  mainFields: ['module', 'main'],
}

/** VS Code loads the extension with `require` and hands it `vscode`. */
const extension: BuildOptions = {
  ...common,
  entryPoints: ['client/extension.ts'],
  outfile: 'dist/extension.cjs',
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['vscode'],
  plugins: [loadedLater('vscode-languageclient/node', './language-client.cjs')],
  // As a `require` inside a promise, because names cannot be found in a bundled CommonJS file by `import()`.
  supported: {'dynamic-import': false},
}

/** Nine tenths of the client, and needed only once a server is: a file of its own keeps it out of the activation. */
const languageClient: BuildOptions = {
  ...common,
  stdin: {contents: "module.exports = require('vscode-languageclient/node')", resolveDir: root},
  outfile: 'dist/language-client.cjs',
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['vscode'],
}

/**
 * What runs in Node outside the editor's own thread. ES modules, so that what several of them share, and what is imported
 * only when it is needed, becomes files of its own; dependencies that still call `require` get one.
 */
const programs: BuildOptions = {
  ...common,
  entryPoints: {
    server: 'server/main.ts',
    cli: 'server/cli.ts',
    'cluster-worker': 'server/cluster/worker.ts',
    'render-worker': 'server/render/worker.ts',
  },
  outdir: 'dist',
  outExtension: {'.js': '.mjs'},
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  target: 'node22',
  format: 'esm',
  splitting: true,
  banner: {
    js: "import{createRequire as $createRequire}from'node:module';import{fileURLToPath as $path}from'node:url';import{dirname as $dirname}from'node:path';const require=$createRequire(import.meta.url),__filename=$path(import.meta.url),__dirname=$dirname(__filename);",
  },
}

const webviews: BuildOptions = {
  ...common,
  entryPoints: {flowchart: 'client/webview/flowchart.ts'},
  outdir: 'dist/webview',
  platform: 'browser',
  target: 'es2024',
  format: 'iife',
  tsconfig: 'client/webview/tsconfig.json',
  sourcemap: false,
  plugins: [flowchartOnly],
}

/** Entry points that are not written yet are left out, so that the others can be built. */
function present(options: BuildOptions): BuildOptions | undefined {
  const entries = options.entryPoints
  if (Array.isArray(entries) || entries === undefined) return options
  const kept = Object.entries(entries).filter(([name, path]) => {
    if (existsSync(join(root, path))) return true
    console.log(`build: ${path} does not exist, ${name} is left out`)
    return false
  })
  return kept.length > 0 ? {...options, entryPoints: Object.fromEntries(kept)} : undefined
}

/** The render engine goes into the package compressed: 7 MB instead of 40. A higher quality saves 4 % and takes ten times as long, on the way of whoever waits for the first check. */
async function copyEngine(): Promise<readonly string[]> {
  const engine = await buildRenderEngine()
  const compressed = `${engine}.br`
  // Under another name until it is whole: a build that was stopped leaves nothing that looks finished.
  const whole = async (path: string, write: (to: string) => Promise<void>) => {
    const unfinished = `${path}.${process.pid}`
    await write(unfinished)
    await rename(unfinished, path)
  }
  if (!existsSync(compressed)) {
    const {size} = await stat(engine)
    const params = {[constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: size}
    await whole(compressed, to => pipeline(createReadStream(engine), createBrotliCompress({params}), createWriteStream(to)))
  }
  await whole(join(dist, 'render-engine.wasm.br'), to => copyFile(compressed, to))
  return []
}

/** The grammar of shell scripts, loaded when the first script is met. */
async function copyGrammar(): Promise<readonly string[]> {
  const packages = {'tree-sitter.wasm': 'web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-bash.wasm': 'tree-sitter-bash/tree-sitter-bash.wasm'}
  for (const [name, path] of Object.entries(packages)) await copyFile(join(root, 'node_modules', path), join(dist, name))
  return []
}

async function report(): Promise<void> {
  for (const entry of await readdir(dist, {recursive: true, withFileTypes: true})) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue
    const path = join(entry.parentPath, entry.name)
    console.log(`${String(Math.ceil((await stat(path)).size / 1024)).padStart(7)} KB  ${relative(root, path)}`)
  }
}

const groups: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  extension: async () => [...(await bundle(extension)), ...(await bundle(languageClient))],
  webview: () => bundle(webviews),
  programs: () => bundle(programs),
  grammar: copyGrammar,
  engine: copyEngine,
}

/** Builds and resolves to the paths of what was written. */
async function bundle(options: BuildOptions): Promise<readonly string[]> {
  const some = present(options)
  if (some === undefined) return []
  const {metafile} = await build({...some, metafile: true})
  return Object.keys(metafile?.outputs ?? {}).map(path => join(root, path))
}

/** Bundles of earlier builds go once the new ones are there, so that a failed build breaks nothing. The engine and packages stay. */
async function removeAllBut(written: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(dist, {recursive: true, withFileTypes: true})) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && /\.([cm]?js|css|map)$/.test(entry.name) && !written.has(path)) await rm(path)
  }
}

/** Names of groups build those alone and leave what else is there; none builds everything anew. */
const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !Object.hasOwn(groups, name))
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')} to build; there are ${Object.keys(groups).join(', ')}.`)
await mkdir(dist, {recursive: true})
const written = await Promise.all((wanted.length > 0 ? wanted : Object.keys(groups)).map(name => groups[name]?.() ?? []))
if (wanted.length === 0) await removeAllBut(new Set(written.flat()))
await report()
