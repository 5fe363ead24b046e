import {problems} from '../config/problems.ts'
import {defineRule} from '../rule.ts'

export const unknownEnvironment = defineRule({
  title: 'Unknown environment',
  level: 'error',
  needs: 'text',
  check: problems('order/unknown-environment'),
})
