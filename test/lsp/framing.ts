/** Cuts a stream of the base protocol into its messages. */
export class Framing {
  #bytes: Buffer = Buffer.alloc(0)

  /** The messages that are complete with these bytes. */
  push(bytes: Buffer): string[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    const messages: string[] = []
    for (;;) {
      const end = this.#bytes.indexOf('\r\n\r\n')
      if (end < 0) return messages
      const length = Number(/content-length: *(\d+)/i.exec(this.#bytes.toString('latin1', 0, end))?.[1])
      if (Number.isNaN(length)) throw new Error(`No length in ${JSON.stringify(this.#bytes.toString('latin1', 0, end))}`)
      if (this.#bytes.length < end + 4 + length) return messages
      messages.push(this.#bytes.toString('utf8', end + 4, end + 4 + length))
      this.#bytes = this.#bytes.subarray(end + 4 + length)
    }
  }
}

export function frame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message))
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body])
}
