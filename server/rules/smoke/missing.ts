import {addSmoke} from '../../fixes/add-smoke.ts'
import {isProduction} from '../../model/progression.ts'
import {reached} from '../reached.ts'
import {defineRule} from '../rule.ts'

/** Judged where users are, or else at the end of the progression: there a release counts as verified after its rollout alone. */
export const smokeMissing = defineRule({
  title: 'Release is not tested after its rollout',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const environment of reached(progression)) {
      const {name, at, steps} = environment
      if (steps.open.length > 0 || steps.items.some(step => step.kind === 'smoke')) continue
      report(
        at,
        `No smoke test asks ${name} anything after its rollout: ready pods that answer wrongly count as a good release. Add smoke: with a service and what to get from it.`,
        {
          level: isProduction(environment) ? 'warning' : 'hint',
          fix: addSmoke.for({environment: name}),
        },
      )
    }
  },
})
