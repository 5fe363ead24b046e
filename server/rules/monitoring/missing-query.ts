import {defineRule} from '../rule.ts'
import {unmonitored} from '../unmonitored.ts'
import {inWords} from '../words.ts'

/** Environments that no query looks at. Off by default: monitoring mostly lives elsewhere. */
export const missingQuery = defineRule({
  title: 'No query looks at an environment',
  level: 'off',
  needs: 'text',
  check(progression, report) {
    const found = unmonitored(progression, ({query}) => query.state !== 'absent')
    const [first, ...others] = found
    if (!first) return
    report(first.at, `No query looks at ${inWords(found.map(({name}) => name))}. Add gates: with a query for each.`, {
      related: others.map(({name, at}) => ({at, message: `${name} has none either.`})),
    })
  },
})
