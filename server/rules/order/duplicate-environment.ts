import {problems} from '../config/problems.ts'
import {defineRule} from '../rule.ts'

export const duplicateEnvironment = defineRule({
  title: 'Environment stands twice',
  level: 'error',
  needs: 'text',
  check: problems('order/duplicate-environment'),
})
