import type {Prerequisite} from '../prerequisites.ts'
import type {Task} from '../progress.mjs'
import {run} from '../run.ts'
import {failed, passed, type Tally} from './tally.ts'

/** Where a whole machine was promised, what is missing fails; elsewhere it is skipped and counted. */
export const strict = process.env.CI === 'true'

export type Context = {readonly root: string; readonly task: Task; readonly signal: AbortSignal}

/** One part of the suite beside the test files. `vital`: what follows makes no sense without it. */
export type Part = {
  readonly name: string
  readonly title: string
  readonly vital?: boolean
  readonly needs?: readonly Prerequisite[]
  run(context: Context): Promise<Tally>
}

/** A program of the project, run by this Node: it passes when it exits with 0. */
export function program(name: string, title: string, script: string, parameters: readonly string[], more: Partial<Part> = {}): Part {
  return {
    name,
    title,
    ...more,
    async run({root, task, signal}) {
      const onOutput = (text: string) => task.update(lastLine(text))
      const {code, output} = await run(process.execPath, [script, ...parameters], {folder: root, signal, onOutput})
      return code === 0 ? passed : failed(title, `${output.trimEnd()}\nended with ${code}`)
    },
  }
}

/** What a program said last, without the escape sequences of a terminal. */
const lastLine = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what escape sequences are made of
    .replace(/\u001b\[[\d;?]*[A-Za-z]/g, '')
    .trimEnd()
    .split('\n')
    .at(-1)
    ?.trim() ?? ''
