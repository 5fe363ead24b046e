import {defineRule} from '../rule.ts'
import {unmonitored} from '../unmonitored.ts'
import {inWords} from '../words.ts'

/** Environments whose alerts nobody asks. Off by default: alerts mostly reach people another way. */
export const missingAlert = defineRule({
  title: 'Alerts of an environment are not asked',
  level: 'off',
  needs: 'text',
  check(progression, report) {
    const found = unmonitored(progression, ({alerts}) => alerts.state !== 'absent')
    const [first, ...others] = found
    if (!first) return
    report(first.at, `No gate asks whether an alert fires for ${inWords(found.map(({name}) => name))}. Add a gate with alerts: none and name it there.`, {
      related: others.map(({name, at}) => ({at, message: `${name} has none either.`})),
    })
  },
})
