import {join} from 'node:path'
import {buildRenderEngine} from '../build-engine.ts'
import type {Terminal} from '../progress.mjs'
import {run} from '../run.ts'

/** Makes what the command line needs: types and validator, the render engine, the bundles. */
export async function prepare(root: string, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const script = (title: string, file: string) =>
    step(terminal, title, async () => {
      const {code, output} = await run(process.execPath, [join('scripts', file)], {folder: root, signal})
      signal.throwIfAborted()
      if (code !== 0) throw new Error(`scripts/${file} ended with ${code}:\n${output}`)
    })
  await script('Types and validator', 'generate.ts')
  await step(terminal, 'Render engine', say => buildRenderEngine({progress: say, signal}))
  await script('Command line, server and extension', 'build.ts')
}

/** Something that takes a while, shown while it does. */
export async function step<T>(terminal: Terminal, title: string, work: (say: (detail: string, fraction?: number) => void) => Promise<T>): Promise<T> {
  const task = terminal.task(title)
  try {
    const result = await work((detail, fraction) => task.update(detail, fraction))
    task.done()
    return result
  } catch (error) {
    task.fail()
    throw error
  }
}
