import {defineRule} from '../rule.ts'
import {judgedAfterwards} from '../suppressions.ts'

/** A comment that silences nothing hides the next mistake of that kind. Said only where the rule could see everything it needs. */
export const unusedSuppression = defineRule({
  title: 'Comment silences nothing',
  level: 'warning',
  needs: 'text',
  check: judgedAfterwards,
})
