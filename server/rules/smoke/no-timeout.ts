import {limitStep} from '../../fixes/limit-step.ts'
import {defineRule} from '../rule.ts'

/** How long a smoke test may take is how long a bad release serves before anybody knows. */
export const smokeNoTimeout = defineRule({
  title: 'Smoke test has no timeout',
  level: 'hint',
  needs: 'text',
  check({environments}, report) {
    for (const {name, steps} of environments.items) {
      const smoke = steps.items.find(({kind}) => kind === 'smoke')
      if (smoke?.timeout.state !== 'absent') continue
      report(smoke.at, `The smoke test of ${name} does not say how long it may take, and as long as it hangs a bad release serves. Add timeout: 60s.`, {
        fix: limitStep.for({environment: name, step: 'smoke', timeout: '60s'}),
      })
    }
  },
})
