import {join} from 'node:path'
import {buildRenderEngine} from '../build-engine.ts'
import type {Terminal} from '../progress.mjs'
import {run} from '../run.ts'

/** Makes what the command line needs, and no more: types and validator, the render engine, the bundles of programs. */
export async function prepare(root: string, terminal: Terminal, signal: AbortSignal): Promise<void> {
  await step(terminal, 'Types and validator', () => script(root, ['generate.ts'], signal))
  await step(terminal, 'Render engine', say => buildRenderEngine({progress: say, signal}))
  await step(terminal, 'Command line', () => script(root, ['build.ts', 'programs', 'engine'], signal))
}

/** Packs the extension, and resolves to the path of the package. */
export async function packExtension(root: string, signal: AbortSignal): Promise<string> {
  await script(root, ['build.ts', 'extension', 'webview'], signal)
  // Prints the path of the package, then its size.
  const output = await script(root, ['package.ts'], signal)
  const path = /^(.*\.vsix)\b/m.exec(output)?.[1]
  if (path === undefined) throw new Error(`scripts/package.ts names no package:\n${output}`)
  return path
}

/** Runs one of the scripts, and resolves to what it printed. */
async function script(root: string, [file = '', ...parameters]: readonly string[], signal: AbortSignal): Promise<string> {
  const {code, output} = await run(process.execPath, [join('scripts', file), ...parameters], {folder: root, signal})
  signal.throwIfAborted()
  if (code !== 0) throw new Error(`scripts/${file} ended with ${code}:\n${output}`)
  return output
}

/** Something that takes a while, shown while it does. */
export async function step<T>(terminal: Terminal, title: string, work: (say: (detail: string, fraction?: number) => void) => Promise<T>): Promise<T> {
  const task = terminal.task(title)
  try {
    const result = await work((detail, fraction) => task.update(detail, fraction))
    // What was there already needs no line.
    if (task.milliseconds < 300) task.drop()
    else task.done()
    return result
  } catch (error) {
    task.fail()
    throw error
  }
}
