import {reached} from '../reached.ts'
import {defineRule} from '../rule.ts'

/** Where a release is judged by its pods alone, the one that was rolled back to is too. */
export const rollbackUnverified = defineRule({
  title: 'Nothing tells whether a rollback helped',
  level: 'hint',
  needs: 'text',
  check(progression, report) {
    // There smoke/missing says the same, and says more.
    const told = new Set(reached(progression).map(({name}) => name))
    for (const {name, rollback, steps, gates} of progression.environments.items) {
      if (rollback.state !== 'known' || steps.open.length > 0 || gates.open.length > 0 || told.has(name)) continue
      if (steps.items.some(({kind}) => kind === 'smoke' || kind === 'gates' || kind === 'load')) continue
      report(
        rollback.at,
        `${name} is rolled back by itself, and neither a smoke test nor a gate tells whether it works again. Add smoke: or gates: to ${name}.`,
      )
    }
  },
})
