import {isProduction} from '../../model/progression.ts'
import {ancestors, arrivals} from '../order/chains.ts'
import {defineRule} from '../rule.ts'

/** Where no environment before production rolls back, the first rollback there ever is happens to users. */
export const rollbackUntested = defineRule({
  title: 'Rollback is never tried before production',
  level: 'off',
  needs: 'text',
  check(progression, report) {
    const {environments, transitions} = progression
    if (environments.open.length > 0 || transitions.open.length > 0) return
    const into = arrivals(progression)
    for (const production of environments.items.filter(isProduction)) {
      const names = ancestors(production.name, into)
      const earlier = environments.items.filter(({name}) => names.has(name) && name !== production.name)
      if (production.rollback.state !== 'known' || earlier.length === 0 || earlier.some(({rollback}) => rollback.state !== 'absent')) continue
      report(
        production.rollback.at,
        `No environment before ${production.name} rolls back, so the first rollback there ever is happens to its users. Give ${earlier.at(-1)?.name} one too, and try it with progression rollback.`,
      )
    }
  },
})
