import {replaceWord} from '../../fixes/replace-word.ts'
import {nearest} from '../../model/nearest.ts'
import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'
import {before, flagged, shownAt} from './values.ts'

/** A flag that no environment right before knows: misspelt, or new where nothing was tried. Nothing is said where they have no flags at all. */
export const flagsUnknown = defineRule({
  title: 'Flag is not known before',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    if (progression.transitions.open.length > 0) return
    for (const environment of progression.environments.items) {
      const later = flagged(environment)
      const all = before(progression, environment)
      const earlier = all.flatMap(one => flagged(one) ?? [])
      if (!later || earlier.length === 0 || earlier.length < all.length || earlier.some(one => one.flags.open.length > 0)) continue
      for (const [name, flag] of later.flags.values) {
        if (earlier.some(one => one.flags.values.has(name))) continue
        const known = new Set(earlier.flatMap(one => [...one.flags.values.keys()]))
        const meant = nearest(
          name,
          [...known].filter(other => !later.flags.values.has(other)),
        )
        const at = shownAt(later, flag)
        const names = inWords(earlier.map(one => one.environment.name))
        const hint = meant ? `Did you mean ${meant}?` : `Write it down there too, if only as off.`
        report(at, `${environment.name} has the flag ${name}, which ${names} ${earlier.length === 1 ? 'does' : 'do'} not know. ${hint}`, {
          level: meant ? 'warning' : 'hint',
          fix: meant && at === flag.at ? replaceWord.for({word: meant}) : undefined,
        })
      }
    }
  },
})
