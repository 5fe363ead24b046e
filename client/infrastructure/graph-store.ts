import {commands, EventEmitter, type LogOutputChannel, workspace} from 'vscode'
import type {GraphNode, ProgressionView} from '../../server/protocol.ts'
import {Disposable} from './disposable.ts'
import type {ProgressionServer} from './language-client.ts'

/** A progression and one of its environments: what every action is about. */
export type EnvironmentReference = {readonly progression: ProgressionView; readonly node: GraphNode}

/** What the server last said of all progressions. Everything that is drawn derives from it, and keeps what it has until something newer is there. */
export class GraphStore extends Disposable {
  readonly #server: ProgressionServer
  readonly #log: LogOutputChannel
  readonly #changed = this.register(new EventEmitter<void>())
  readonly #asked = new Set<string>()
  #progressions: readonly ProgressionView[] = []
  #loading: Promise<void> | undefined
  #stale = true

  readonly onChanged = this.#changed.event

  constructor(server: ProgressionServer, log: LogOutputChannel) {
    super()
    this.#server = server
    this.#log = log
    this.register(server.onChanged(() => this.#refresh()))
    this.register(
      server.onStarted(() => {
        this.#asked.clear()
        this.#refresh()
      }),
    )
  }

  get progressions(): readonly ProgressionView[] {
    return this.#progressions
  }

  environments(): readonly EnvironmentReference[] {
    return this.#progressions.flatMap(progression => progression.nodes.filter(node => node.kind === 'environment').map(node => ({progression, node})))
  }

  /** Starts the server where it does not run, and waits until what is stored is what the server knows now. */
  async load(): Promise<readonly ProgressionView[]> {
    this.#loading ??= this.#ask().finally(() => {
      this.#loading = undefined
    })
    await this.#loading
    return this.#progressions
  }

  /** Asks the clusters of every progression that was not asked yet, or of all with `again`. Nothing happens in an untrusted workspace. */
  async askClusters(again = false): Promise<void> {
    if (!workspace.isTrusted) return
    if (again) this.#asked.clear()
    const uris = new Set(this.#progressions.map(progression => progression.uri))
    await Promise.all([...uris].filter(uri => !this.#asked.has(uri)).map(uri => this.#askStatus(uri)))
  }

  async #askStatus(uri: string): Promise<void> {
    this.#asked.add(uri)
    try {
      await this.#server.status({uri})
    } catch (error) {
      // What could not be read stands in the graph itself, in words; here it would only come up unasked.
      this.#log.warn(`Status of ${uri}:`, String(error))
    }
  }

  #refresh(): void {
    this.#stale = true
    // Logged where it is asked, once for all who wait for the same answer.
    this.load().catch(() => undefined)
  }

  async #ask(): Promise<void> {
    try {
      // What changes while the answer is on its way asks once more, so that the last answer is never older than the last change.
      do {
        this.#stale = false
        const {progressions} = await this.#server.graph({})
        const same = JSON.stringify(progressions) === JSON.stringify(this.#progressions)
        this.#progressions = progressions
        if (!same) this.#changed.fire()
        // Inside the loop: nothing may be awaited after the last look at what changed meanwhile.
        await this.#tell(this.#progressions.length === 0 ? 'empty' : 'known')
      } while (this.#stale)
    } catch (error) {
      this.#stale = true
      this.#log.warn('Reading the graph:', String(error))
      await this.#tell('failed')
      throw error
    }
  }

  /** Which of the view's welcome texts is right. */
  async #tell(state: 'empty' | 'known' | 'failed'): Promise<void> {
    await commands.executeCommand('setContext', 'progression.state', state)
  }
}
