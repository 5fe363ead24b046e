import {isProduction} from '../../model/progression.ts'
import {ancestors, arrivals} from '../order/chains.ts'
import {defineRule} from '../rule.ts'

/** A scan anywhere on the way is enough: what is promoted is the same image everywhere. */
export const scanMissing = defineRule({
  title: 'Nothing scans what reaches production',
  level: 'off',
  needs: 'text',
  check(progression, report) {
    const {environments, transitions} = progression
    if (environments.open.length > 0 || transitions.open.length > 0) return
    const into = arrivals(progression)
    for (const production of environments.items.filter(isProduction)) {
      const names = ancestors(production.name, into)
      const way = environments.items.filter(({name}) => name === production.name || names.has(name))
      if (way.some(({steps}) => steps.open.length > 0 || steps.items.some(({kind}) => kind === 'scan'))) continue
      report(production.at, `Nothing on the way to ${production.name} looks for known holes in its images. Add scan: with a scanner that can fail.`)
    }
  },
})
