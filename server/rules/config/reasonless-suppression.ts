import {defineRule} from '../rule.ts'
import {judgedAfterwards} from '../suppressions.ts'

/** The comment still silences; whoever reads the file in a year wants to know why. */
export const reasonlessSuppression = defineRule({
  title: 'Finding is silenced without a reason',
  level: 'warning',
  needs: 'text',
  check: judgedAfterwards,
})
