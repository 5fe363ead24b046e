import {addFlag} from '../../fixes/add-flag.ts'
import {nearest} from '../../model/nearest.ts'
import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'
import {before, flagged} from './values.ts'

/** A flag of an environment right before that this one says nothing of: whatever the program takes then, nobody decided it. */
export const flagsMissing = defineRule({
  title: 'Flag is not decided in an environment',
  level: 'hint',
  needs: 'text',
  check(progression, report) {
    if (progression.transitions.open.length > 0) return
    for (const environment of progression.environments.items) {
      const later = flagged(environment)
      if (!later || later.flags.open.length > 0) continue
      const earlier = before(progression, environment).flatMap(one => flagged(one) ?? [])
      const own = later.flags.values
      if (earlier.every(one => [...one.flags.values.keys()].every(name => own.has(name)))) continue
      const known = new Set(earlier.flatMap(one => [...one.flags.values.keys()]))
      // A name like it that only this environment has is misspelt, and flags/unknown says so.
      const spare = [...own.keys()].filter(name => !known.has(name))
      const missing = [...known].filter(name => !own.has(name) && nearest(name, spare) === undefined)
      const [first] = missing
      if (first === undefined) continue
      const related = earlier.flatMap(one =>
        missing.slice(0, 6).flatMap(name => {
          const flag = one.flags.values.get(name)
          return flag ? [{at: flag.at, message: `${name} is decided in ${one.environment.name}.`}] : []
        }),
      )
      report(
        environment.flags.at,
        `${environment.name} does not say whether ${inWords(missing, 4)} ${missing.length === 1 ? 'is' : 'are'} on. ${inWords(earlier.map(one => one.environment.name))} ${earlier.length === 1 ? 'does' : 'do'}; add ${missing.length === 1 ? `${first}: false` : 'each'} until it is wanted here.`,
        {
          fix: later.flags.extent.document === environment.at.document ? addFlag.for({environment: environment.name, flags: missing.join(' ')}) : undefined,
          related,
        },
      )
    }
  },
})
