import type {Command} from './command.ts'
import {choiceOf, openPromotions, promotionHelp, promotionOptions, refuse, showPlan} from './promotions.ts'

export const plan: Command = {
  usage: 'progression plan ENV [--release RELEASE] [--image NAME@sha256:…] [--diff]',
  summary: 'Shows what promoting to an environment would do; asks the API server, writes nothing.',
  options: {...promotionOptions, diff: {type: 'boolean'}},
  help: {...promotionHelp, diff: 'show what changes, line by line'},
  async run(invocation) {
    const promotions = await openPromotions(invocation)
    try {
      const request = await promotions.preparation.promotion(choiceOf(invocation, promotions.document, 'plan'), invocation.signal)
      if (!('targets' in request)) return refuse(invocation, request.refusals)
      const made = await promotions.service.plan(request, invocation.signal)
      showPlan(invocation, made, invocation.values.diff === true)
      return made.refusals.length > 0 ? 2 : 0
    } finally {
      await promotions.close()
    }
  },
}
