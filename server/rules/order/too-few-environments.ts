import {isProduction} from '../../model/progression.ts'
import {defineRule} from '../rule.ts'

/** One environment is no progression; and between development and production nothing has shown yet what production will do. */
export const tooFewEnvironments = defineRule({
  title: 'Too few environments to see a mistake early',
  level: 'hint',
  needs: 'text',
  check({environments, at}, report) {
    const {items, open} = environments
    const [first, second] = items
    if (open.length > 0 || !first || items.length > 2) return
    if (!second) {
      // A production alone is the business of order/direct-to-production.
      if (!isProduction(first)) report(first.at, `${first.name} is the only environment, so nothing is promoted. List the environments a release goes on to.`)
      return
    }
    const [production, other] = isProduction(second) ? [second, first] : [first, second]
    if (!isProduction(production) || other.tier.state !== 'known' || other.tier.value !== 'development') return
    report(
      production.at,
      `Between ${other.name} and ${production.name} there is no environment like ${production.name}: what only its size, data or settings show is first seen by users. Add one, such as staging.`,
      {related: [{at, message: 'Two environments are listed.'}]},
    )
  },
})
