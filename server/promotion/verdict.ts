/**
 * What a step came to. `inconclusive` is neither: the cluster did not answer, so nobody knows, and nothing is decided by it.
 * `stopped`: a person stopped waiting.
 */
export type Verdict =
  | {readonly verdict: 'pass'; readonly message: string}
  | {readonly verdict: 'fail'; readonly message: string}
  | {readonly verdict: 'inconclusive'; readonly message: string}
  | {readonly verdict: 'stopped'; readonly message: string}

export const pass = (message: string): Verdict => ({verdict: 'pass', message})
export const fail = (message: string): Verdict => ({verdict: 'fail', message})
export const inconclusive = (message: string): Verdict => ({verdict: 'inconclusive', message})
export const stopped = (message: string): Verdict => ({verdict: 'stopped', message})
