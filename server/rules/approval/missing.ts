import {addApproval} from '../../fixes/add-approval.ts'
import {isProduction} from '../../model/progression.ts'
import {defineRule} from '../rule.ts'

/** Of productions only: whoever may promote is approval enough elsewhere. */
export const approvalMissing = defineRule({
  title: 'Nobody approves what reaches production',
  level: 'warning',
  needs: 'text',
  check({environments}, report) {
    for (const environment of environments.items) {
      const {name, approval} = environment
      if (!isProduction(environment) || approval.state !== 'absent') continue
      report(approval.at, `Whoever may promote can change ${name} alone: nobody has to agree. Add approval: {required: 1, notRequester: true}.`, {
        fix: addApproval.for({environment: name}),
      })
    }
  },
})
