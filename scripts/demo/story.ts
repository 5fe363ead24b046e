import type {Terminal} from '../progress.mjs'

/** What the demo says between the commands it runs: quiet headings, prompts as one would type them, and output set in. */
export class Story {
  readonly #terminal: Terminal

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  heading(title: string, note = ''): void {
    const {paint} = this.#terminal
    this.#terminal.print(`\n${paint.bold(title)}${note ? `  ${paint.dim(note)}` : ''}`)
  }

  say(text: string): void {
    this.#terminal.print(`  ${text}`)
  }

  /** A command as a person would type it. */
  prompt(command: string): void {
    const {paint} = this.#terminal
    this.#terminal.print(`\n  ${paint.cyan('$')} ${paint.bold(command)}`)
  }

  /** A line that a command wrote, broken between words where it is too long; where it begins with a time, that steps back. */
  output(line: string): void {
    const {paint, width} = this.#terminal
    const [, time = '', rest = line] = /^(\s*\d+\.\d s)( {2}.*)$/.exec(line) ?? []
    const indent = ' '.repeat(4 + time.length + (/^\s*/.exec(rest)?.[0].length ?? 0))
    const [first = '', ...more] = wrap(rest, width - 4 - time.length, width - indent.length)
    this.#terminal.print(line === '' ? '' : `    ${time === '' ? '' : paint.dim(time)}${first}`)
    for (const part of more) this.#terminal.print(indent + part)
  }

  /** Something said about the output and not in it. */
  aside(text: string): void {
    this.#terminal.print(`    ${this.#terminal.paint.dim(`(${text})`)}`)
  }
}

/** Breaks a line between words; the first part may be as wide as `first`, the others as wide as `others`. */
export function wrap(line: string, first: number, others: number): readonly string[] {
  if (line.length <= first) return [line]
  const space = line.lastIndexOf(' ', first)
  const hasWords = space > 0 && line.slice(0, space).trim() !== ''
  const end = hasWords ? space : first
  return [line.slice(0, end), ...wrap(line.slice(hasWords ? end + 1 : end), others, others)]
}
