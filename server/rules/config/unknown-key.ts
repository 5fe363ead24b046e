import {defineRule} from '../rule.ts'
import {problems} from './problems.ts'

export const unknownKey = defineRule({
  title: 'Unknown key',
  level: 'error',
  needs: 'text',
  check: problems('config/unknown-key'),
})
