import {type CancellationToken, LSPErrorCodes, ResponseError} from 'vscode-languageserver/node'

/** Thrown by work that a newer text made pointless; the client is told to ask again. */
export class Outdated extends Error {
  constructor() {
    super('The text changed in the meantime.')
  }
}

export type Log = (message: string) => void

/** The token of a request as a signal. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController()
  if (token.isCancellationRequested) controller.abort()
  else token.onCancellationRequested(() => controller.abort())
  return controller.signal
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Answers a request: a cancelled one as cancelled, an outdated one with the wish to be asked again, a failed one with an error that is logged. */
export async function answer<T>(
  method: string,
  token: CancellationToken,
  log: Log,
  work: (signal: AbortSignal) => T | Promise<T>,
): Promise<T | ResponseError<unknown>> {
  const signal = signalOf(token)
  try {
    if (signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, `${method} was cancelled.`)
    return await work(signal)
  } catch (error) {
    if (error instanceof ResponseError) return error
    if (error instanceof Outdated) return new ResponseError(LSPErrorCodes.ServerCancelled, error.message, {retriggerRequest: true})
    if (signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, `${method} was cancelled.`)
    log(`${method} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return new ResponseError(LSPErrorCodes.RequestFailed, `${method} failed: ${messageOf(error)}`)
  }
}

/** Does what a notification asks for; nobody waits for an answer, so a failure is only logged. */
export function attempt(method: string, log: Log, work: () => void | Promise<void>): void {
  const failed = (error: unknown): void => log(`${method} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  try {
    const result = work()
    if (result instanceof Promise) result.catch(failed)
  } catch (error) {
    failed(error)
  }
}
