import {isProduction} from '../../model/progression.ts'
import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'
import {before, flagged, isOn, shownAt} from './values.ts'

/** On where users are, and off in every environment that comes right before: what it turns on was tried nowhere. */
export const flagsOrder = defineRule({
  title: 'Flag is on before it was tried',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    if (progression.transitions.open.length > 0) return
    for (const environment of progression.environments.items) {
      const later = flagged(environment)
      const earlier = before(progression, environment).flatMap(one => flagged(one) ?? [])
      if (!later || earlier.length === 0) continue
      for (const [name, flag] of later.flags.values) {
        if (isOn(flag) !== true) continue
        const off = earlier.flatMap(one => {
          const other = one.flags.values.get(name)
          return other && isOn(other) === false ? [{one, other}] : []
        })
        if (off.length < earlier.length) continue
        const names = off.map(({one}) => one.environment.name)
        report(
          shownAt(later, flag),
          `${name} is on in ${environment.name} and off in ${inWords(names)}: what it turns on was never tried before. Turn it on in ${inWords(names)} first.`,
          {
            level: isProduction(environment) ? 'warning' : 'hint',
            related: off.map(({one, other}) => ({at: other.at, message: `Off in ${one.environment.name}.`})),
          },
        )
      }
    }
  },
})
