import {setTimeout as pause} from 'node:timers/promises'
import {type Dispatcher, request as send} from 'undici'
import {type Asker, deadlinePassed, refusal, silence, stopped} from './answers.ts'
import type {Credentials} from './credentials.ts'
import {isPassing, type Result, succeeded} from './errors.ts'
import {lines} from './lines.ts'
import type {Subject} from './subject.ts'
import {unlessAborted} from './unless-aborted.ts'

/**
 * One request. All of ours may be sent twice: reads, server-side apply, deletes bound to a uid, creates under a fixed name, and updates
 * bound to a resource version, whose authors recognise their own writing when the second try meets the first.
 */
export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the server's address, with a leading slash. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  readonly contentType?: string
  readonly subject: Subject
  /** Milliseconds for all tries together; 10 s where nothing is said. */
  readonly deadline?: number
}

const defaultDeadline = 10_000
const tries = 4
const firstPause = 200
const longestPause = 5_000

/** The HTTP layer: client-node's credentials, our own deadlines, retries and words. */
export class Requests {
  readonly #credentials: Credentials
  #user: string

  constructor(credentials: Credentials) {
    this.#credentials = credentials
    this.#user = credentials.user
  }

  /** For messages: who asks whom. */
  get asker(): Asker {
    return {context: this.#credentials.context, server: this.#credentials.server, user: this.#user}
  }

  /** From here on messages name the user as the API server does. */
  named(user: string): void {
    this.#user = user
  }

  /**
   * Sends and reads the whole answer as JSON; the caller says what shape it has. Tries again on lost connections, 429 and 5xx, as long as
   * the deadline allows; on 401 once, with fresh credentials.
   */
  async send<T>(call: Call, signal: AbortSignal): Promise<Result<T>> {
    const milliseconds = call.deadline ?? defaultDeadline
    const deadline = AbortSignal.timeout(milliseconds)
    const either = AbortSignal.any([signal, deadline])
    let last: Result<T> = stopped(call.subject)
    for (let attempt = 0; attempt < tries && !either.aborted; attempt++) {
      const outcome = await this.#once(call, either)
      if (either.aborted) break
      last = outcome.answer as Result<T>
      if (last.ok) return last
      const again = isPassing(last.error) || (last.error.kind === 'unauthorized' && attempt === 0)
      if (!again || attempt === tries - 1) return last
      if (last.error.kind === 'unauthorized') this.#credentials.refresh()
      else await waitFor(outcome.retryAfter ?? backoff(attempt), either)
    }
    if (signal.aborted) return stopped(call.subject)
    // What the server said on the last try tells more than that time ran out waiting for the next one.
    return last.ok || last.error.kind !== 'aborted' ? last : deadlinePassed(milliseconds, call.subject, this.asker)
  }

  /** Opens an answer that goes on: JSON values, one a line. The deadline is for the first byte; afterwards only the signal ends it. */
  async open<T>(call: Call, signal: AbortSignal): Promise<Result<AsyncIterable<T>>> {
    const milliseconds = call.deadline ?? defaultDeadline
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), milliseconds)
    const either = AbortSignal.any([signal, deadline.signal])
    try {
      const response = await this.#dispatch(call, either)
      if (!response.ok) return response
      const {statusCode, body} = response.value
      if (statusCode !== 200) return this.#clean(refusal(statusCode, await body.text(), call.subject, this.asker))
      return succeeded(lines<T>(body))
    } catch (error) {
      if (signal.aborted) return stopped(call.subject)
      return either.aborted ? deadlinePassed(milliseconds, call.subject, this.asker) : this.#clean(silence(error, call.subject, this.asker))
    } finally {
      clearTimeout(timer)
    }
  }

  async #once(call: Call, signal: AbortSignal): Promise<{answer: Result<unknown>; retryAfter?: number}> {
    try {
      const response = await this.#dispatch(call, signal)
      if (!response.ok) return {answer: response}
      const {statusCode, headers, body} = response.value
      const text = await body.text()
      if (statusCode >= 200 && statusCode < 300) return {answer: this.#parse(text, call)}
      return {answer: this.#clean(refusal(statusCode, text, call.subject, this.asker)), retryAfter: retryAfter(headers['retry-after'])}
    } catch (error) {
      return {answer: this.#clean(silence(error, call.subject, this.asker))}
    }
  }

  async #dispatch(call: Call, signal: AbortSignal): Promise<Result<Dispatcher.ResponseData>> {
    const authorization = await this.#credentials.authorize(signal)
    if (!authorization.ok) return authorization
    const {headers, dispatcher} = authorization.value
    const url = new URL(this.#credentials.server + call.path)
    for (const [name, value] of Object.entries(call.query ?? {})) if (value !== undefined) url.searchParams.set(name, value)
    const content = call.body === undefined ? {} : {'content-type': call.contentType ?? 'application/json'}
    const body = call.body === undefined ? undefined : JSON.stringify(call.body)
    const sent = send(url, {method: call.method, headers: {accept: 'application/json', ...content, ...headers}, body, dispatcher, signal})
    // While it connects, undici heeds no signal: an address that takes connections and says nothing would hold us for 10 s.
    return succeeded(await unlessAborted(sent, signal))
  }

  #parse(text: string, call: Call): Result<unknown> {
    try {
      return succeeded(JSON.parse(text))
    } catch {
      return this.#clean(refusal(0, text, call.subject, this.asker))
    }
  }

  #clean<R extends Result<never>>(result: R): R {
    if (result.ok) return result
    const {message, detail, causes} = result.error
    const redact = (text: string) => this.#credentials.redact(text)
    return {
      ...result,
      error: {...result.error, message: redact(message), detail: redact(detail), causes: causes.map(cause => ({...cause, message: redact(cause.message)}))},
    }
  }
}

/** Milliseconds before the next try: doubled each time, with jitter so that many clients do not come back at once. */
export const backoff = (attempt: number): number => Math.min(longestPause, firstPause * 2 ** attempt) * (0.5 + Math.random())

function retryAfter(header: string | string[] | undefined): number | undefined {
  const seconds = Number(Array.isArray(header) ? header[0] : header)
  return header === undefined || Number.isNaN(seconds) ? undefined : seconds * 1000
}

/** Resolves after the time or as soon as the signal aborts, whichever comes first. */
export async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(milliseconds, undefined, {signal})
  } catch {
    // Aborted: the caller looks at the signal.
  }
}
