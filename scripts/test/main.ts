import {join} from 'node:path'
import {missing} from '../prerequisites.ts'
import {duration, Terminal} from '../progress.mjs'
import type {Part} from './part.ts'
import {parts} from './parts.ts'
import {failed, inWords, skipped, sum, type Tally} from './tally.ts'

/**
 * `npm test`: every check of the project, from types to the demo. Words after it choose parts by their name and test files by
 * their path. The last line sums everything up.
 */
const root = join(import.meta.dirname, '..', '..')
const words = process.argv.slice(2)
const strict = process.env.CI === 'true'
const terminal = new Terminal()
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort(new Error(`stopped by ${signal}`)))

const tallies: Tally[] = []
const began = Date.now()
await using shared = new AsyncDisposableStack()
for (const part of parts(root, words, shared)) {
  if (stop.signal.aborted) break
  const tally = await carryOut(part)
  tallies.push(tally)
  if (part.vital && tally.failed.length > 0) break
}
await shared.disposeAsync()
conclude(sum(tallies))

/** Runs a part unless something it needs is missing, which fails where a whole machine was promised. */
async function carryOut(part: Part): Promise<Tally> {
  const task = terminal.task(part.title)
  for (const need of part.needs ?? []) {
    const why = await missing(need, root, stop.signal)
    if (why === undefined) continue
    if (strict) {
      task.fail(`${need} is missing`)
      return failed(part.title, why)
    }
    task.skip(`${need} is missing`)
    return skipped(part.title, why)
  }
  const tally = await part
    .run({root, task, signal: stop.signal})
    .catch(error => failed(part.title, error instanceof Error ? (error.stack ?? error.message) : String(error)))
  const note = tally.passed + tally.failed.length + tally.skipped.length > 1 ? inWords(tally) : ''
  if (tally.failed.length > 0) task.fail(note)
  else task.done(note)
  return tally
}

function conclude(total: Tally): void {
  const {paint} = terminal
  for (const {name, why} of total.skipped) terminal.print(`  ${paint.yellow('–')} ${name}: ${why}`)
  for (const {name, output} of total.failed) terminal.print(`\n${paint.red('✘')} ${paint.bold(name)}\n\n${output.replace(/^/gm, '    ')}`)
  terminal.print()
  if (stop.signal.aborted) terminal.print(`${(stop.signal.reason as Error).message}, so not everything was run`)
  terminal.print(paint.dim(`in ${duration(Date.now() - began)}`))
  terminal.print(inWords(total))
  process.exitCode = total.failed.length > 0 || stop.signal.aborted ? 1 : 0
}
