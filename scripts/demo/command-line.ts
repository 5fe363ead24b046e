import {join} from 'node:path'
import {run} from '../run.ts'
import type {Story} from './story.ts'

/** Where the plan of a promotion ends and what happens begins: lines that say when, such as `   0.4 s  applying …`. */
const timed = /^\s*\d+\.\d s /

export type RunCommand = {
  /** Exit codes that tell the story right; any other one ends the demo. */
  readonly expected?: readonly number[]
  /** Leaves out the plan, where one much like it was shown before. */
  readonly folded?: boolean
}
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

  async run(parameters: readonly string[], {expected = [0], folded = false}: RunCommand = {}): Promise<CommandResult> {
    this.#story.prompt(['progression', ...parameters].join(' '))
    const began = performance.now()
    const plan: string[] = []
    let unfinished = ''
    let happening = !folded
    const show = (line: string) => {
      if (!happening && timed.test(line)) {
        happening = true
        this.#story.aside(`the plan, ${plan.length} lines, is left out here`)
      }
      if (happening) this.#story.output(line)
      else plan.push(line)
    }
    const onOutput = (text: string) => {
      const lines = `${unfinished}${text}`.split('\n')
      unfinished = lines.pop() ?? ''
      for (const line of lines) show(line)
    }
    const program = join(this.#root, 'bin', 'progression.mjs')
    const {code, output} = await run(process.execPath, [program, ...parameters], {
      folder: this.#folder,
      environment: this.#environment,
      signal: this.#signal,
      onOutput,
    })
    if (unfinished !== '') show(unfinished)
    // Refused before anything happened: what was folded says why.
    if (!happening) for (const line of plan) this.#story.output(line)
    this.#signal.throwIfAborted()
    if (!expected.includes(code)) throw new Error(`progression ${parameters.join(' ')} ended with ${code}, and ${expected.join(' or ')} was expected.`)
    return {code, output, seconds: (performance.now() - began) / 1000}
  }
}
