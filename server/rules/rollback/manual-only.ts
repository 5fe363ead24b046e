import {defineRule} from '../rule.ts'

/** `rollback` promises to act without being asked, and `onFailure: stop` waits for a person all the same. */
export const rollbackManualOnly = defineRule({
  title: 'Rollback waits for a person',
  level: 'warning',
  needs: 'text',
  check({environments}, report) {
    for (const {name, rollback, waves, targets} of environments.items) {
      if (rollback.state !== 'known' || waves.state !== 'known' || targets.items.length < 2) continue
      const {onFailure} = waves.value
      if (onFailure.state !== 'known' || onFailure.value !== 'stop') continue
      report(
        onFailure.at,
        `${name} has an automatic rollback, and onFailure: stop leaves a target that failed as it is until a person decides. Write onFailure: rollback-wave, or take rollback out.`,
        {related: [{at: rollback.at, message: 'The automatic rollback.'}]},
      )
    }
  },
})
