import {relative, resolve} from 'node:path'
import {run} from 'node:test'
import {inspect} from 'node:util'
import type {Task} from '../progress.mjs'
import {type Failure, type Skipped, sum, type Tally} from './tally.ts'

type Data = {
  readonly name: string
  readonly file?: string
  readonly nesting: number
  readonly line?: number
  readonly skip?: string | boolean
  readonly details: {readonly type?: string; readonly error?: Error & {readonly cause?: unknown; readonly failureType?: string}}
}

export type SuiteOptions = {
  readonly root: string
  readonly files: readonly string[]
  readonly concurrency: number
  readonly task: Task
  readonly signal: AbortSignal
}

/** A file that hangs is stopped after this, milliseconds: several times what the longest takes on two cores with nothing cached. */
const timeout = 20 * 60_000
const keptOutput = 20_000

/**
 * Runs test files, each in a process of its own, and counts their tests; suites are not counted, for their tests are.
 * A file that fails outside its tests counts as one failed test.
 */
export async function runSuite({root, files, concurrency, task, signal}: SuiteOptions): Promise<Tally> {
  let passed = 0
  let ended = 0
  const failed: Failure[] = []
  const skipped: Skipped[] = []
  const output = new Map<string, string>()
  const open = new Map<string, string[]>()
  const left = new Set(files.map(file => resolve(root, file)))

  const nameOf = (data: Data): string => {
    const above = (open.get(data.file ?? '') ?? []).slice(0, data.nesting)
    return [data.file ? relative(root, data.file) : '', ...above, data.name].filter(Boolean).join(' › ')
  }
  const show = () => task.update(`${passed} passed${failed.length > 0 ? `, ${failed.length} failed` : ''}`, ended / files.length)

  const stream = run({files: [...files], concurrency, isolation: 'process', timeout, signal, cwd: root})
  stream.on('test:start', (data: {name: string; nesting: number; file?: string}) => {
    const above = open.get(data.file ?? '') ?? []
    above[data.nesting] = data.name
    open.set(data.file ?? '', above)
  })
  stream.on('test:pass', (data: Data) => {
    if (data.details.type === 'suite') return
    // So the runner reports a file in which nothing was tested.
    if (data.file !== undefined && resolve(root, data.name) === data.file) {
      failed.push({name: nameOf(data), output: 'The file holds no test.'})
      return
    }
    if (data.skip !== undefined && data.skip !== false) skipped.push({name: nameOf(data), why: typeof data.skip === 'string' ? data.skip : 'no reason given'})
    else passed += 1
    show()
  })
  stream.on('test:fail', (data: Data) => {
    const error = data.details.error
    if (error?.failureType === 'subtestsFailed') return
    failed.push({name: nameOf(data), output: `${explain(error)}\n${output.get(data.file ?? '') ?? ''}`.trimEnd()})
    show()
  })
  for (const event of ['test:stdout', 'test:stderr'] as const) {
    stream.on(event, (data: {file: string; message: string}) => output.set(data.file, ((output.get(data.file) ?? '') + data.message).slice(-keptOutput)))
  }
  stream.on('test:summary', (data: {file?: string}) => {
    if (data.file === undefined || !left.delete(data.file)) return
    ended += 1
    show()
  })
  for await (const _ of stream) {
    // Read to its end; the listeners above have what they need.
  }
  return sum([{passed, failed, skipped}])
}

/** The error a test threw, not the runner's wrapper around it. */
function explain(error: (Error & {readonly cause?: unknown}) | undefined): string {
  const cause = error?.cause ?? error
  return typeof cause === 'string' ? cause : inspect(cause, {colors: false, depth: 6})
}
