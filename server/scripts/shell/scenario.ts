/**
 * What goes wrong while a script runs, so that it can be seen whether the script notices. Everything that has to do with the
 * question goes wrong then, and everything that merely prepares for it goes well; what is not known may do either.
 */
export type Scenario =
  /** Anything may happen: for finding out what a script does at all. */
  | 'anything'
  /** Nothing answers a request. */
  | 'refused'
  /** Every request is answered with status 500. */
  | 'broken'
  /** Prometheus answers with a number that is far too high, or far too low. Other requests may do anything. */
  | 'high'
  | 'low'
  /** A scanner finds something. */
  | 'findings'
  /** A load test measures the worst. */
  | 'slow'

export const scenarios = ['anything', 'refused', 'broken', 'high', 'low', 'findings', 'slow'] as const satisfies readonly Scenario[]
