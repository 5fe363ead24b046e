import type {Document} from '../document/document.ts'
import {type K6Reading, readK6} from './k6/read.ts'
import type {ShellGrammar} from './shell/grammar.ts'
import {readShell, type ShellReading, type Start} from './shell/read.ts'
import type {Program} from './shell/syntax.ts'

/** More results than this are begun anew: nobody types that many scripts. */
const most = 500

/** What scripts say by their text, so that nothing is parsed or followed twice. */
export class Readings {
  readonly #grammar: ShellGrammar
  readonly #programs = new Map<string, Promise<Program | undefined>>()
  readonly #shell = new Map<string, ShellReading>()
  readonly #k6 = new Map<string, Promise<K6Reading | undefined>>()

  constructor(grammar: ShellGrammar) {
    this.#grammar = grammar
  }

  /** A shell script as it is started; undefined where it does not parse. */
  async shell(text: string, start: Start): Promise<ShellReading | undefined> {
    try {
      const program = await kept(this.#programs, text, () => this.#grammar.parse(text))
      return program && this.program(text, program, start)
    } catch (error) {
      // Nested so deeply that the stack ends: nobody's script.
      if (error instanceof RangeError) return undefined
      throw error
    }
  }

  /** The same for what is parsed already; `key` is as good as its text. */
  program(key: string, program: Program, start: Start): ShellReading {
    const whole = JSON.stringify([key, start.arguments, [...start.variables], start.usesShebang, start.options, [...start.configured]])
    return kept(this.#shell, whole, () => readShell(program, start))
  }

  k6(text: string): Promise<K6Reading | undefined> {
    return kept(this.#k6, text, () => readK6(text))
  }
}

function kept<T>(results: Map<string, T>, key: string, make: () => T): T {
  const before = results.get(key)
  if (before !== undefined) return before
  if (results.size >= most) results.clear()
  const made = make()
  results.set(key, made)
  return made
}

export type File = {readonly document: Document; readonly text: string} | 'missing'
