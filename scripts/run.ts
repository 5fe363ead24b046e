import {spawn} from 'node:child_process'

export type Ran = {readonly code: number; readonly output: string}

export type RunOptions = {
  readonly folder: string
  readonly environment?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Called with what the program writes, as it writes it. */
  readonly onOutput?: (text: string) => void
}

/**
 * Runs a program to its end, its two outputs joined in the order they came. An exit code is a result; so is a program that is
 * not there (127). An abort asks it to end and waits until it has.
 */
export function run(program: string, parameters: readonly string[], {folder, environment, signal, onOutput}: RunOptions): Promise<Ran> {
  const child = spawn(program, [...parameters], {cwd: folder, env: {...process.env, ...environment}, stdio: ['ignore', 'pipe', 'pipe']})
  const end = () => child.kill('SIGTERM')
  if (signal.aborted) end()
  signal.addEventListener('abort', end, {once: true})
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      onOutput?.(text)
    })
  }
  return new Promise(resolve => {
    const finish = (code: number) => {
      signal.removeEventListener('abort', end)
      resolve({code, output})
    }
    child.on('error', error => {
      output += error.message
      finish(127)
    })
    child.on('close', code => finish(code ?? 1))
  })
}
