import {join} from 'node:path'
import {missing} from '../prerequisites.ts'
import {duration, Terminal} from '../progress.mjs'
import {type Part, strict} from './part.ts'
import {parts} from './parts.ts'
import {failed, inWords, type Skipped, skipped, sum, type Tally} from './tally.ts'

/**
 * `npm test`: every check of the project, from types to the demo. Words after it choose parts by their name and test files by
 * their path. The last line sums everything up.
 */
const root = join(import.meta.dirname, '..', '..')
const words = process.argv.slice(2)
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
  else if (tally.passed > 0) task.done(note)
  else task.skip(note)
  return tally
}

function conclude(total: Tally): void {
  const {paint} = terminal
  for (const [why, names] of byReason(total.skipped)) {
    terminal.print(`\n${paint.yellow('–')} ${paint.bold(`${names.length} skipped`)}  ${why}`)
    for (const name of names) terminal.print(paint.dim(`    ${name}`))
  }
  for (const {name, output} of total.failed) terminal.print(`\n${paint.red('✘')} ${paint.bold(name)}\n\n${output.replace(/^/gm, '    ')}`)
  terminal.print()
  if (stop.signal.aborted) terminal.print(`${(stop.signal.reason as Error).message}, so not everything was run`)
  terminal.print(paint.dim(`in ${duration(Date.now() - began)}`))
  terminal.print(inWords(total))
  // What was stopped half-way may leave a timer or a socket, and nobody waits for those.
  process.stdout.write('', () => process.exit(total.failed.length > 0 || stop.signal.aborted ? 1 : 0))
}

/** The names of what was skipped, by the reason. */
function byReason(all: readonly Skipped[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>()
  for (const {name, why} of all) names.set(why, [...(names.get(why) ?? []), name])
  return names
}
