import type {Connection} from 'vscode-languageserver/node'
import type {Uri} from '../model/files.ts'
import {type Changed, notifications} from '../protocol.ts'

/** How long changes are gathered before they are told, milliseconds. A picture need not follow each key stroke. */
const gathering = 50

/** Tells that graphs may be different, to a client that has asked for one; others do not know the notification. */
export class GraphNews {
  readonly #connection: Connection
  #asked = false
  #uris: Set<Uri> | 'any' = new Set()
  #timer: NodeJS.Timeout | undefined

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The client has asked for a graph. */
  asked(): void {
    this.#asked = true
  }

  /** `uris` left out means any document. */
  tell(uris: readonly Uri[] | undefined): void {
    if (!this.#asked) return
    if (uris === undefined) this.#uris = 'any'
    else if (this.#uris !== 'any') for (const uri of uris) this.#uris.add(uri)
    this.#timer ??= setTimeout(() => this.#send(), gathering)
  }

  dispose(): void {
    clearTimeout(this.#timer)
  }

  #send(): void {
    const changed: Changed = this.#uris === 'any' ? {} : {uris: [...this.#uris]}
    this.#uris = new Set()
    this.#timer = undefined
    void this.#connection.sendNotification(notifications.changed, changed)
  }
}
