import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {mkdir, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import manifest from '../package.json' with {type: 'json'}

const root = fileURLToPath(new URL('..', import.meta.url))

/** Bytes a package may have with the render engine in it. */
const budget = 10 * 1024 * 1024

/**
 * Packs what `npm run build` made into `dist/<name>-<version>.vsix` and resolves to its path. Everything is bundled, so no
 * dependency is packed and no network is needed.
 * @throws Error when something is not built, when vsce refuses, or when the package is over its budget
 */
export async function packageExtension(): Promise<string> {
  const missing = ['dist/extension.cjs', 'dist/server.mjs', 'dist/webview/flowchart.js'].filter(path => !existsSync(join(root, path)))
  if (missing.length > 0) throw new Error(`${missing.join(', ')} is not built. Run npm run build first.`)
  const target = join(root, 'dist', 'package', `${manifest.name}-${manifest.version}.vsix`)
  await mkdir(join(root, 'dist', 'package'), {recursive: true})
  const vsce = fileURLToPath(import.meta.resolve('@vscode/vsce/package.json')).replace(/package\.json$/, 'vsce')
  const result = spawnSync(
    process.execPath,
    [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', target],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  if (result.status !== 0) throw new Error(`vsce does not pack the extension:\n${result.stdout}${result.stderr}`)
  const {size} = await stat(target)
  if (size > budget) throw new Error(`${target} has ${(size / 1024 / 1024).toFixed(1)} MB, its budget is ${budget / 1024 / 1024} MB.`)
  return target
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const path = await packageExtension()
  console.log(`${path}  ${((await stat(path)).size / 1024 / 1024).toFixed(2)} MB`)
}
