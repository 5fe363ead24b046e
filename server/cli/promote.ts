import type {Command} from './command.ts'
import {agreed, choiceOf, follow, openPromotions, promotionHelp, promotionOptions, refuse, showPlan} from './promotions.ts'

export const promote: Command = {
  usage: 'progression promote ENV [--release RELEASE] [--image NAME@sha256:…] [--yes]',
  summary: 'Brings a release to an environment, tests it there, and takes it back where it fails.',
  options: {...promotionOptions, yes: {type: 'boolean', short: 'y'}, diff: {type: 'boolean'}},
  help: {...promotionHelp, yes: 'do not ask', diff: 'show what changes, line by line'},
  async run(invocation) {
    const promotions = await openPromotions(invocation)
    try {
      const request = await promotions.preparation.promotion(choiceOf(invocation, promotions.document, 'promote'), invocation.signal)
      if (!('targets' in request)) return refuse(invocation, request.refusals)
      const plan = await promotions.service.plan(request, invocation.signal)
      if (invocation.values.format !== 'json') showPlan(invocation, plan, invocation.values.diff === true)
      if (plan.refusals.length > 0) return invocation.values.format === 'json' ? refuse(invocation, plan.refusals) : 2
      if (!(await agreed(invocation, plan))) return 2
      return await follow(invocation, promotions.service.promote({...request, agreed: plan.digest}, invocation.signal), 'verified')
    } finally {
      await promotions.close()
    }
  },
}
