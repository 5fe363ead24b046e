import {spawn} from 'node:child_process'
import {setPriority} from 'node:os'
import {createInterface} from 'node:readline'

/** `missing`: there is no such program in the PATH. `errors` is what it wrote to standard error. */
export type Result = {state: 'missing'} | {state: 'ended'; code: number; output: string; errors: string}

export type RunOptions = {
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly input?: string
  /** Gives way to everything else on the machine: for compiles that last minutes. */
  readonly nice?: boolean
  /** Called with every line of standard error. */
  readonly onError?: (line: string) => void
  readonly signal?: AbortSignal
}

/** How much of a long output is kept: its end, where the error is. */
const kept = 4 * 1024 * 1024

/**
 * Runs a program to its end. An exit code other than 0 is a result; an abort rejects with the signal's reason, after the
 * program was interrupted and has ended.
 */
export async function run(program: string, parameters: readonly string[], options: RunOptions = {}): Promise<Result> {
  options.signal?.throwIfAborted()
  const child = spawn(program, parameters, {cwd: options.folder, env: {...process.env, ...options.environment}, stdio: ['pipe', 'pipe', 'pipe']})
  const ended = new Promise<number | undefined>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(undefined) : reject(error)))
    child.once('close', code => resolve(code ?? 1))
  })
  if (child.pid === undefined) {
    await ended
    return {state: 'missing'}
  }
  if (options.nice) setPriority(child.pid, 10)
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-kept)
  })
  createInterface({input: child.stderr}).on('line', line => {
    errors = `${errors}${line}\n`.slice(-kept)
    options.onError?.(line)
  })
  // A program that ends without reading its input closes the pipe: no error of ours.
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const interrupt = () => child.kill('SIGINT')
  options.signal?.addEventListener('abort', interrupt, {once: true})
  try {
    const code = await ended
    options.signal?.throwIfAborted()
    return code === undefined ? {state: 'missing'} : {state: 'ended', code, output, errors}
  } finally {
    options.signal?.removeEventListener('abort', interrupt)
  }
}
