import {type LogOutputChannel, window} from 'vscode'

const tolerated = 5

/** Lets the server come back after a crash until it is hopeless; then says so once and leaves it to a person. */
export class Crashes {
  readonly #log: LogOutputChannel
  readonly #restart: () => Promise<void>

  constructor(log: LogOutputChannel, restart: () => Promise<void>) {
    this.#log = log
    this.#restart = restart
  }

  decide(crashes: number): 'restart' | 'stay-down' {
    this.#log.error(`The language server ended by itself, ${crashes} of ${tolerated} times within three minutes.`)
    if (crashes < tolerated) return 'restart'
    void this.#offer().catch(error => this.#log.error('Restarting the server:', String(error)))
    return 'stay-down'
  }

  async #offer(): Promise<void> {
    const message = `The language server of Environment Progression ended ${tolerated} times within three minutes and is not started again by itself.`
    const answer = await window.showErrorMessage(message, 'Restart', 'Show Log')
    if (answer === 'Restart') await this.#restart()
    if (answer === 'Show Log') this.#log.show()
  }
}
