import {addArguments} from '../../fixes/add-arguments.ts'
import {callsOf} from '../commands.ts'
import {defineRule} from '../rule.ts'
import {scannerOf} from './scanners.ts'

export const scanCannotFail = defineRule({
  title: 'Scan lets everything through',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const call of callsOf(progression, ['scan'])) {
      const blind = scannerOf(call)?.blind(call)
      if (!blind) continue
      const {environment, at} = call
      report(at, `The scan of ${environment.name} cannot stop a release: ${blind.why}. ${blind.instead}.`, {
        fix: blind.add === undefined ? undefined : addArguments.for({environment: environment.name, step: 'scan', words: blind.add}),
      })
    }
  },
})
