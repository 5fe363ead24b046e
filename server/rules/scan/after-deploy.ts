import {callsOf} from '../commands.ts'
import {defineRule} from '../rule.ts'
import {scannerOf} from './scanners.ts'

/** A scanner among the steps that come after the deployment: what it finds is running already. */
export const scanAfterDeploy = defineRule({
  title: 'Scan comes after the deployment',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const call of callsOf(progression, ['smoke', 'load'])) {
      if (!scannerOf(call)) continue
      const {environment, step, program, at} = call
      report(
        at,
        `${program} runs as ${step.kind} of ${environment.name}, when the release serves already. Put it under scan:, which comes before anything is deployed.`,
      )
    }
  },
})
