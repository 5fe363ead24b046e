import type {Command} from './command.ts'
import {agreed, choiceOf, follow, openPromotions, promotionHelp, promotionOptions, refuse} from './promotions.ts'

export const setup: Command = {
  usage: 'progression setup ENV [--yes]',
  summary: 'Creates the namespaces and custom resource definitions that promotions take for granted.',
  options: {...promotionOptions, yes: {type: 'boolean', short: 'y'}},
  help: {...promotionHelp, yes: 'do not ask'},
  async run(invocation) {
    const promotions = await openPromotions(invocation)
    try {
      const choice = choiceOf(invocation, promotions.document, 'setup')
      const request = await promotions.preparation.setup(choice, invocation.signal)
      if (!('targets' in request)) return refuse(invocation, request.refusals)
      const plan = await promotions.service.plan(request, invocation.signal)
      if (!(await agreed(invocation, plan, 'Set up'))) return 2
      return await follow(invocation, promotions.service.setup(request.targets, invocation.signal), 'verified')
    } finally {
      await promotions.close()
    }
  },
}
