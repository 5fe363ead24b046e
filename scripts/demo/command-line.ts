import {join} from 'node:path'
import {run} from '../run.ts'
import type {Story} from './story.ts'

export type CommandResult = {readonly code: number; readonly output: string; readonly seconds: number}

/** Runs the real command line in the workspace and shows what it writes as it writes it. */
export class CommandLine {
  readonly #root: string
  readonly #folder: string
  readonly #environment: Readonly<Record<string, string>>
  readonly #story: Story
  readonly #signal: AbortSignal

  constructor(root: string, folder: string, environment: Readonly<Record<string, string>>, story: Story, signal: AbortSignal) {
    this.#root = root
    this.#folder = folder
    this.#environment = environment
    this.#story = story
    this.#signal = signal
  }

  /** `expected` are the exit codes that tell the story right; any other one ends the demo. */
  async run(parameters: readonly string[], expected: readonly number[] = [0]): Promise<CommandResult> {
    this.#story.prompt(['progression', ...parameters].join(' '))
    const began = performance.now()
    let line = ''
    const onOutput = (text: string) => {
      const lines = `${line}${text}`.split('\n')
      line = lines.pop() ?? ''
      for (const whole of lines) this.#story.output(whole)
    }
    const program = join(this.#root, 'bin', 'progression.mjs')
    const {code, output} = await run(process.execPath, [program, ...parameters], {
      folder: this.#folder,
      environment: this.#environment,
      signal: this.#signal,
      onOutput,
    })
    if (line !== '') this.#story.output(line)
    this.#signal.throwIfAborted()
    if (!expected.includes(code)) throw new Error(`progression ${parameters.join(' ')} ended with ${code}, and ${expected.join(' or ')} was expected.`)
    return {code, output, seconds: (performance.now() - began) / 1000}
  }
}
