import {isDeepStrictEqual} from 'node:util'
import type {Connection} from 'vscode-languageserver/node'
import {defaultSettings, readSettings, type Settings} from '../workspace/settings.ts'
import type {Abilities} from './abilities.ts'
import {type Log, messageOf} from './answer.ts'

/** How long a client may take to say its settings before the usual ones are taken for it, milliseconds. */
const patience = 3000

/** The settings as they are, fetched from clients that answer, else as they are sent. A change holds at once. */
export class Configuration {
  readonly #connection: Connection
  readonly #abilities: Abilities
  readonly #changed: (isFirst: boolean) => void
  readonly #log: Log
  #settings: Settings = defaultSettings
  #first: Promise<void> | undefined
  #isAwaited = true

  /** `changed` is told whether these are the settings that everybody waited for in {@link ready}. */
  constructor(connection: Connection, abilities: Abilities, changed: (isFirst: boolean) => void, log: Log) {
    this.#connection = connection
    this.#abilities = abilities
    this.#changed = changed
    this.#log = log
  }

  get settings(): Settings {
    return this.#settings
  }

  /** Call once the client may be asked. */
  start(): void {
    if (!this.#abilities.configuration) {
      this.#isAwaited = false
      return
    }
    const late = new Promise<void>(resolve => {
      setTimeout(resolve, patience).unref()
    })
    this.#first = Promise.race([this.#fetch(), late]).then(() => {
      this.#isAwaited = false
    })
    if (this.#abilities.dynamicConfiguration)
      void this.#connection
        .sendRequest('client/registerCapability', {
          registrations: [{id: 'progression-settings', method: 'workspace/didChangeConfiguration', registerOptions: {section: 'progression'}}],
        })
        .catch(error => this.#log(`Settings are not watched: ${messageOf(error)}`))
  }

  /** Resolves when the first settings are there, so that nothing is reported that they silence. */
  async ready(): Promise<void> {
    await this.#first
  }

  /** `workspace/didChangeConfiguration`: clients that can be asked send nothing of use in it. */
  async change(sent: unknown): Promise<void> {
    if (this.#abilities.configuration) await this.#fetch()
    else this.#take(typeof sent === 'object' && sent !== null ? (sent as {readonly progression?: unknown}).progression : undefined)
  }

  async #fetch(): Promise<void> {
    try {
      const [section] = await this.#connection.sendRequest<readonly unknown[]>('workspace/configuration', {items: [{section: 'progression'}]})
      this.#take(section)
    } catch (error) {
      this.#log(`The settings could not be read, the last ones hold: ${messageOf(error)}`)
    }
  }

  #take(section: unknown): void {
    const settings = readSettings(section)
    if (isDeepStrictEqual(settings, this.#settings)) return
    this.#settings = settings
    this.#changed(this.#isAwaited)
  }
}
