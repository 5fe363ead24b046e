import {type ChildProcess, spawn} from 'node:child_process'
import {closeSync, openSync, readFileSync} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'

/** A program of the cluster ended while somebody needed it, or did not get ready in time; the message ends with its log. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed'
  readonly program: string

  constructor(program: string, what: string, log: string) {
    super(`${program} ${what}\n${log}`)
    this.program = program
  }
}

/**
 * One running program of the cluster. It holds the program's standard input open; the program ends when that closes,
 * so it cannot outlive this process (control-plane/lifeline).
 */
export class Program {
  readonly name: string
  readonly pid: number
  /** Settles with how it ended, in words. Never rejects. */
  readonly ended: Promise<string>
  readonly #child: ChildProcess
  readonly #log: string
  #end: string | undefined

  /** @param log the file that its output is appended to */
  constructor(name: string, file: string, parameters: readonly string[], log: string) {
    this.name = name
    this.#log = log
    const output = openSync(log, 'a')
    this.#child = spawn(file, parameters, {stdio: ['pipe', output, output]})
    closeSync(output)
    this.ended = new Promise(resolve => {
      this.#child.once('error', error => resolve(`could not be started: ${error.message}`))
      this.#child.once('exit', (code, signal) => resolve(`ended with ${signal ?? `code ${code}`}.`))
    })
    this.#child.stdin?.on('error', () => {})
    // Whoever starts a cluster may end without stopping it.
    this.#child.unref()
    const {stdin} = this.#child
    if (stdin !== null && 'unref' in stdin && typeof stdin.unref === 'function') stdin.unref()
    this.pid = this.#child.pid ?? -1
    void this.ended.then(how => {
      this.#end = how
    })
  }

  /** How it ended, in words; undefined while it runs. */
  get end(): string | undefined {
    return this.#end
  }

  /** The last lines of its log. */
  tail(lines = 20): string {
    return readFileSync(this.#log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
  }

  /** Ends it at once; for a process that has no time to wait. */
  killNow(): void {
    this.#child.kill('SIGKILL')
  }

  /** Ends it at once and waits until it is gone, so that its port is free again. */
  async kill(): Promise<void> {
    this.#child.ref()
    this.#child.kill('SIGKILL')
    await this.ended
  }
}

/** `what` completes "was not …"; `program` is the one to blame when the time is over, `others` must run meanwhile too. */
export type Wait = {
  readonly program: Program
  readonly others?: Iterable<Program>
  readonly what: string
  readonly seconds: number
  readonly signal?: AbortSignal
}

/**
 * Asks `ready` again and again until it says true.
 * @throws ProgramFailed when one of the programs ends or the time is over
 */
export async function until(ready: () => Promise<boolean>, {program, others = [], what, seconds, signal}: Wait): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (!(await ready())) {
    signal?.throwIfAborted()
    for (const each of [program, ...others]) {
      if (each.end !== undefined) throw new ProgramFailed(each.name, `${each.end} The end of its log:`, each.tail())
    }
    if (Date.now() > deadline) throw new ProgramFailed(program.name, `was not ${what} after ${seconds} s. The end of its log:`, program.tail())
    await sleep(25)
  }
}
