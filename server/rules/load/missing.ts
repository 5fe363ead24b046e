import {isProduction} from '../../model/progression.ts'
import {ancestors, arrivals} from '../order/chains.ts'
import {defineRule} from '../rule.ts'

/** Told at the last environment before production: the one that is most like it. */
export const loadMissing = defineRule({
  title: 'Nothing tests the release under load',
  level: 'hint',
  needs: 'text',
  check(progression, report) {
    const {environments, transitions} = progression
    if (environments.open.length > 0 || transitions.open.length > 0) return
    const into = arrivals(progression)
    for (const production of environments.items.filter(isProduction)) {
      const names = ancestors(production.name, into)
      const way = environments.items.filter(({name}) => name === production.name || names.has(name))
      const before = (into.get(production.name) ?? []).flatMap(({from}) => environments.items.filter(one => one.name === from && !isProduction(one)))
      const place = before.at(-1)
      if (!place || names.has(production.name) || way.some(({steps}) => steps.open.length > 0 || steps.items.some(({kind}) => kind === 'load'))) continue
      report(
        place.at,
        `Nothing on the way to ${production.name} puts the release under load, so what breaks under it breaks in ${production.name}. Add load: to ${place.name}, such as load: {k6: load/checkout.js, timeout: 10m}.`,
      )
    }
  },
})
