/** Something that failed, with everything needed to understand it. */
export type Failure = {readonly name: string; readonly output: string}
export type Skipped = {readonly name: string; readonly why: string}

/** What came of one part of the suite. */
export type Tally = {readonly passed: number; readonly failed: readonly Failure[]; readonly skipped: readonly Skipped[]}

export const passed: Tally = {passed: 1, failed: [], skipped: []}
export const failed = (name: string, output: string): Tally => ({passed: 0, failed: [{name, output}], skipped: []})
export const skipped = (name: string, why: string): Tally => ({passed: 0, failed: [], skipped: [{name, why}]})

/** One tally of many. */
export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((total, tally) => total + tally.passed, 0),
  failed: tallies.flatMap(tally => tally.failed),
  skipped: tallies.flatMap(tally => tally.skipped),
})

/** `312 passed, 0 failed`, and how many were skipped where any were. */
export const inWords = ({passed, failed, skipped}: Tally): string =>
  `${passed} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`
