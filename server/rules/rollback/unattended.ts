import {runInCi} from '../../fixes/run-in-ci.ts'
import {type Environment, isProduction} from '../../model/progression.ts'
import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'

const waits: readonly string[] = ['approval', 'soak', 'watch']

/**
 * A production whose promotion somebody has to stay awake for, and nobody is told to. Waiting for hours needs it more than a rollback
 * that comes within minutes.
 */
export const rollbackUnattended = defineRule({
  title: 'Nobody keeps watch over the promotion',
  level: 'warning',
  needs: 'text',
  check({environments}, report) {
    for (const environment of environments.items) {
      const {name, at, runner, steps, rollback} = environment
      if (!isProduction(environment) || steps.open.length > 0 || !isClient(environment)) continue
      const waiting = steps.items.filter(({kind}) => waits.includes(kind))
      const reasons = [...waiting.map(({kind}) => kind), ...(rollback.state === 'known' ? ['automatic rollback'] : [])]
      if (reasons.length === 0) continue
      report(
        runner.state === 'known' ? runner.at : at,
        `${name} has ${inWords(reasons)}, and only the editor or terminal that began the promotion keeps watch: when it closes, nobody does. Add runner: ci or runner: job.`,
        {level: waiting.length > 0 ? 'warning' : 'hint', fix: runInCi.for({environment: name})},
      )
    }
  },
})

const isClient = ({runner}: Environment): boolean => runner.state === 'absent' || (runner.state === 'known' && runner.value.kind === 'client')
