/** What a promise comes to, unless the signal aborts first: then it rejects with the signal's reason and nobody waits for the promise any more. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const {promise: aborted, reject} = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, {once: true})
  // Whichever loses must not count as a failure that nobody handled.
  promise.catch(() => {})
  aborted.catch(() => {})
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
