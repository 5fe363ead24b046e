import {defineRule} from '../rule.ts'

/** Who is refused reads the reason; without one people look for a way around. */
export const freezeNoReason = defineRule({
  title: 'Freeze gives no reason',
  level: 'hint',
  needs: 'text',
  check({environments}, report) {
    for (const {name, freezes} of environments.items) {
      for (const {reason, at} of freezes.items) {
        if (reason.state !== 'absent') continue
        report(at, `Whoever is refused by this freeze of ${name} does not learn why. Add reason: with a few words, such as reason: holidays.`)
      }
    }
  },
})
