import {join} from 'node:path'
import {missing} from '../prerequisites.ts'
import {Terminal} from '../progress.mjs'
import {show} from './show.ts'

/** `npm run demo`: the main job on this machine, from the check of a file to a rollback, then in VS Code. */
const root = join(import.meta.dirname, '..', '..')
const words = process.argv.slice(2)
const terminal = new Terminal()
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort(signal))
// Whoever reads may stop reading: then there is nobody to show anything to, but there are things to put away.
process.stdout.on('error', () => stop.abort('SIGPIPE'))

const unknown = words.filter(word => word !== '--once')
if (unknown.length > 0) {
  terminal.print(`The demo does not know ${unknown.join(' ')}. It knows --once, which ends it after the scenario.`)
  process.exitCode = 2
} else process.exitCode = await demo()

async function demo(): Promise<number> {
  const lacking = (await Promise.all((['git', 'go'] as const).map(need => missing(need, root, stop.signal)))).filter(why => why !== undefined)
  if (lacking.length > 0) {
    for (const why of lacking) terminal.print(why)
    return 2
  }
  try {
    await show({root, terminal, once: words.includes('--once'), signal: stop.signal})
    return 0
  } catch (error) {
    if (stop.signal.aborted) {
      terminal.print(`\n  ${terminal.paint.dim('Stopped. Nothing is left running.')}`)
      return 130
    }
    terminal.print(`\n  ${terminal.paint.red('✘')} ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}
