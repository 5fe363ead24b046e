import {replaceText} from '../../fixes/replace-text.ts'
import {defineRule} from '../rule.ts'

/** The secret itself never appears in a message, a fix or a log. */
export const literalSecret = defineRule({
  title: 'Secret is written out',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const {code, at, message, suggestion} of progression.problems) {
      if (code !== 'config/literal-secret') continue
      report(at, message, {
        fix: suggestion === undefined ? undefined : replaceText.for({text: suggestion, title: `Take it from ${/\$\{.*\}/.exec(suggestion)?.[0]}`}),
      })
    }
  },
})
