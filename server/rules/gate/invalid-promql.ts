import {changeIn, placeIn, queriesOf} from '../queries.ts'
import {defineRule} from '../rule.ts'

/** What Prometheus would refuse, at the place where it would. */
export const invalidPromql = defineRule({
  title: 'Query is not PromQL',
  level: 'error',
  needs: 'text',
  check(progression, report) {
    for (const asked of queriesOf(progression)) {
      for (const {start, end, message, change} of asked.read.findings) {
        const at = placeIn(asked, {start, end})
        report(at, message, {fix: change && changeIn(asked, at, change, titleOf(asked.read.text, change))})
      }
    }
  },
})

function titleOf(query: string, {start, end, text}: {start: number; end: number; text: string}): string {
  const written = query.slice(start, end)
  return written === '' ? `Add ${text.trim()}` : text.trim() === '' ? `Take out ${written.trim()}` : `Change to ${text.trim()}`
}
