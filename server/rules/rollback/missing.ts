import {addRollback} from '../../fixes/add-rollback.ts'
import {isProduction} from '../../model/progression.ts'
import {reached} from '../reached.ts'
import {defineRule} from '../rule.ts'

/** Judged where it hurts most, the last tier this progression reaches; silent about steps it cannot see. */
export const rollbackMissing = defineRule({
  title: 'Failed release is not rolled back',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const environment of reached(progression)) {
      const {name, rollback} = environment
      if (rollback.state !== 'absent') continue
      report(rollback.at, `Nothing rolls ${name} back when its rollout or smoke test fails. Add rollback: {within: 60s}.`, {
        level: isProduction(environment) ? 'warning' : 'hint',
        fix: addRollback.for({environment: name}),
      })
    }
  },
})
