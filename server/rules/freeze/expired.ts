import {takeOut} from '../../fixes/take-out.ts'
import {defineRule} from '../rule.ts'

/** The farthest that two clocks on Earth are apart: a moment without an offset is over everywhere only after it. */
const farthest = 14 * 3_600_000

export const freezeExpired = defineRule({
  title: 'Freeze is over',
  level: 'warning',
  needs: 'text',
  check({environments}, report, {now}) {
    for (const {name, freezes} of environments.items) {
      for (const {from, to, extent} of freezes.items) {
        if (to.state !== 'known') continue
        const [begins, ends] = [from.state === 'known' ? moment(from.value) : undefined, moment(to.value)]
        if (ends === undefined) continue
        if (begins !== undefined && begins >= ends)
          report(
            to.at,
            `This freeze of ${name} ends before it begins, so nothing is ever frozen. Write from: ${to.value} and to: ${from.state === 'known' ? from.value : ''}.`,
          )
        else if (ends + (/[Zz]$|[-+]\d\d:\d\d$/.test(to.value) ? 0 : farthest) < now)
          report(to.at, `This freeze of ${name} ended on ${to.value.slice(0, 10)}. Take it out, or give it the dates of the next one.`, {
            level: 'hint',
            fix: freezes.items.length > 1 ? takeOut.for({title: 'Take this freeze out', what: 'item'}) : undefined,
            related: [{at: extent, message: 'The freeze.'}],
          })
      }
    }
  },
})

/** Milliseconds since 1970, as if a moment without an offset were in UTC; undefined for what is no moment. */
function moment(written: string): number | undefined {
  const [date = '', time] = written.split(/[Tt ]/)
  const parsed = Date.parse(time === undefined ? `${date}T00:00:00Z` : `${date}T${/[Zz]$|[-+]\d\d:\d\d$/.test(time) ? time.toUpperCase() : `${time}Z`}`)
  return Number.isNaN(parsed) ? undefined : parsed
}
