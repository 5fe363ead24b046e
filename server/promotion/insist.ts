import {isPassing, type Result} from '../cluster/errors.ts'
import {backoff, waitFor} from '../cluster/request.ts'

/** Tells a person what is going on. */
export type Say = (message: string) => void

/** How long a promotion goes on asking a cluster that does not answer; milliseconds. A rollback has no such limit. */
export const patience = 120_000

/**
 * Does something again and again while the cluster does not answer, until the time is over or the signal aborts. What the cluster does
 * answer, a refusal too, comes back at once.
 */
export async function insist<T>(act: () => Promise<Result<T>>, limit: number, say: Say, signal: AbortSignal): Promise<Result<T>> {
  const began = performance.now()
  for (let attempt = 0; ; attempt++) {
    const result = await act()
    if (result.ok || !isPassing(result.error) || signal.aborted || performance.now() - began > limit) return result
    if (attempt === 0) say(`${result.error.message} Trying again.`)
    await waitFor(backoff(attempt), signal)
  }
}

/** Does something for each item, a few at a time; answers in the order of the items. */
export async function inParallel<T, R>(items: readonly T[], limit: number, act: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Array<R>(items.length)
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await act(item)
  }
  await Promise.all(Array.from({length: Math.min(limit, items.length)}, worker))
  return results
}
