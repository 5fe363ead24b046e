import type {ParseArgsOptionsConfig} from 'node:util'

/** The world a command runs in; tests give it another one. */
export type Surroundings = {
  readonly out: NodeJS.WritableStream & {readonly isTTY?: boolean; readonly columns?: number}
  readonly error: NodeJS.WritableStream & {readonly isTTY?: boolean}
  readonly input: NodeJS.ReadableStream & {readonly isTTY?: boolean}
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where the program lies, to find its workers and the render engine. */
  readonly entry: string
}

export type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>

export type Invocation = Surroundings & {readonly values: Values; readonly words: readonly string[]; readonly signal: AbortSignal}

/** One word behind `progression`. Its number is the exit code: 0 well, 1 something is wrong with what was looked at, 2 it cannot run. */
export type Command = {
  readonly usage: string
  readonly summary: string
  /** Options with a line of help each. */
  readonly options: ParseArgsOptionsConfig
  readonly help: Readonly<Record<string, string>>
  run(invocation: Invocation): Promise<number>
}

/** What a user did wrong, in words; ends a command with exit code 2. */
export class UsageError extends Error {}

export const textOf = (values: Values, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

export const textsOf = (values: Values, name: string): readonly string[] => {
  const value = values[name]
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : typeof value === 'string' ? [value] : []
}

/** One of a few words, or a usage error that lists them. */
export function wordOf<T extends string>(values: Values, name: string, words: readonly T[], usual: T): T {
  const value = textOf(values, name)
  const found = words.find(word => word === value)
  if (value !== undefined && !found) throw new UsageError(`--${name} ${value} is not known. It is one of ${words.join(', ')}.`)
  return found ?? usual
}
