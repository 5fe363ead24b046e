import {defineRule} from '../rule.ts'
import {problems} from './problems.ts'

export const unknownVariable = defineRule({
  title: 'Unknown variable',
  level: 'error',
  needs: 'text',
  check: problems('config/unknown-variable'),
})
