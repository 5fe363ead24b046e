import {notRequester} from '../../fixes/not-requester.ts'
import {defineRule} from '../rule.ts'

/** One approval that the requester may give is none. With two of them somebody else is always asked. */
export const selfApproval = defineRule({
  title: 'Requester can approve alone',
  level: 'warning',
  needs: 'text',
  check({environments}, report) {
    for (const {name, approval} of environments.items) {
      if (approval.state !== 'known') continue
      const {required, notRequester: kept} = approval.value
      const needed = required.state === 'absent' ? 1 : required.state === 'known' ? required.value : undefined
      const isFree = kept.state === 'absent' || (kept.state === 'known' && !kept.value)
      if (needed !== 1 || !isFree) continue
      report(
        kept.state === 'known' ? kept.at : approval.at,
        `Whoever asks for a promotion to ${name} can approve it alone. Add notRequester: true, or require two.`,
        {
          fix: notRequester.for({environment: name}),
        },
      )
    }
  },
})
