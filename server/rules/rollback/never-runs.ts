import type {Environment, RollbackTrigger} from '../../model/progression.ts'
import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'

/** A rollback that waits for steps which do not exist. The rollout always does. */
export const rollbackNeverRuns = defineRule({
  title: 'Rollback never runs',
  level: 'warning',
  needs: 'text',
  check({environments}, report) {
    for (const environment of environments.items) {
      const {name, rollback, steps} = environment
      if (rollback.state !== 'known' || steps.open.length > 0) continue
      const {listed} = rollback.value
      if (listed.state !== 'known' || listed.value.open.length > 0) continue
      const all = listed.value.items
      const idle = all.filter(({trigger}) => !exists(trigger, environment))
      if (all.length === 0) report(listed.at, `Nothing ever rolls ${name} back: on is empty. Leave on out, and every step after the deployment counts.`)
      else if (idle.length === all.length)
        report(listed.at, `Nothing ever rolls ${name} back: it has no ${inWords(idle.map(({trigger}) => trigger))}. Add rollout to on, or leave on out.`)
      else {
        for (const {trigger, at} of idle)
          report(at, `${name} has no ${trigger}, so a rollback never comes from it. Add ${trigger}: to ${name}, or take it out of on.`, {level: 'hint'})
      }
    }
  },
})

const exists = (trigger: RollbackTrigger, {steps}: Environment): boolean => steps.items.some(({kind}) => kind === trigger)
