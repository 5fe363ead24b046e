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

  output(line: string): void {
    this.#terminal.print(line === '' ? '' : `    ${line}`)
  }
}
