import type {Outcome, PromotionEvent} from '../model/promotion.ts'

export type Tell = (event: PromotionEvent) => void

/**
 * Turns work that tells what happens into a stream of events with the outcome as the last one. Whoever stops reading stops the work, and
 * waits until it has said in the cluster how far it got.
 */
export async function* run(work: (tell: Tell, signal: AbortSignal) => Promise<Omit<Outcome, 'seconds'>>, signal: AbortSignal): AsyncIterable<PromotionEvent> {
  const own = new AbortController()
  const began = performance.now()
  const queue: PromotionEvent[] = []
  let wake = Promise.withResolvers<void>()
  let isOver = false
  const tell: Tell = event => {
    queue.push(event)
    wake.resolve()
  }
  const done = work(tell, AbortSignal.any([signal, own.signal]))
    .then(outcome => tell({kind: 'outcome', at: Date.now(), outcome: {...outcome, seconds: Math.round(performance.now() - began) / 1000}}))
    .finally(() => {
      isOver = true
      wake.resolve()
    })
  // Somebody awaits it below in any case; until then a failure must not count as unhandled.
  done.catch(() => {})
  try {
    while (!isOver || queue.length > 0) {
      const event = queue.shift()
      if (event !== undefined) yield event
      else {
        await wake.promise
        wake = Promise.withResolvers<void>()
      }
    }
    await done
  } finally {
    own.abort()
    await done.catch(() => {})
  }
}
