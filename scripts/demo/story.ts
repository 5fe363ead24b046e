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

  /** A line that a command wrote; where it begins with a time, that steps back. */
  output(line: string): void {
    const {paint} = this.#terminal
    const [, time = '', rest = line] = /^(\s*\d+\.\d s)( {2}.*)$/.exec(line) ?? []
    this.#terminal.print(line === '' ? '' : `    ${time === '' ? '' : paint.dim(time)}${rest}`)
  }

  /** Something said about the output and not in it. */
  aside(text: string): void {
    this.#terminal.print(`    ${this.#terminal.paint.dim(`(${text})`)}`)
  }
}
