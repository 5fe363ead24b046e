import {defineRule} from '../rule.ts'
import {problems} from './problems.ts'

export const schema = defineRule({
  title: 'File does not follow the format',
  level: 'error',
  needs: 'text',
  check: problems('config/schema'),
})
