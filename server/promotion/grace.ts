/** How long a write that is under way may still take when a person stops, milliseconds. */
const grace = 5_000

/**
 * Does something that should be seen through: a write given up halfway leaves nobody knowing whether it was done. A stop is heeded after a
 * moment of grace.
 */
export async function seenThrough<T>(signal: AbortSignal, act: (patient: AbortSignal) => Promise<T>): Promise<T> {
  const patient = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const onStop = () => {
    timer = setTimeout(() => patient.abort(signal.reason), grace)
  }
  if (signal.aborted) onStop()
  else signal.addEventListener('abort', onStop, {once: true})
  try {
    return await act(patient.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onStop)
  }
}
