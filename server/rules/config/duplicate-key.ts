import {defineRule} from '../rule.ts'
import {problems} from './problems.ts'

export const duplicateKey = defineRule({
  title: 'Key stands twice',
  level: 'error',
  needs: 'text',
  check: problems('config/duplicate-key'),
})
