import {type Command, textOf} from './command.ts'
import {agreed, choiceOf, follow, openPromotions, refuse, sharedHelp, sharedOptions, showPlan} from './promotions.ts'

export const rollback: Command = {
  usage: 'progression rollback ENV [--to REVISION|RELEASE] [--yes]',
  summary: 'Brings an environment back to what was verified before.',
  options: {...sharedOptions, to: {type: 'string'}, reason: {type: 'string'}, yes: {type: 'boolean', short: 'y'}, diff: {type: 'boolean'}},
  help: {
    ...sharedHelp,
    to: 'a revision number or a release; the verified one before when it is left out',
    reason: 'why, for the history',
    yes: 'do not ask',
    diff: 'show what changes, line by line',
  },
  async run(invocation) {
    const promotions = await openPromotions(invocation)
    try {
      const request = promotions.preparation.rollback({...choiceOf(invocation, promotions.document, 'rollback'), to: textOf(invocation.values, 'to')})
      if (!('targets' in request)) return refuse(invocation, request.refusals)
      const plan = await promotions.service.planRollback(request, invocation.signal)
      if (invocation.values.format !== 'json') showPlan(invocation, plan, invocation.values.diff === true)
      if (plan.refusals.length > 0) return invocation.values.format === 'json' ? refuse(invocation, plan.refusals) : 2
      if (!(await agreed(invocation, plan))) return 2
      return await follow(invocation, promotions.service.rollback({...request, agreed: plan.digest}, invocation.signal), 'rolledBack')
    } finally {
      await promotions.close()
    }
  },
}
