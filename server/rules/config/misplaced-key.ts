import {defineRule} from '../rule.ts'
import {problems} from './problems.ts'

export const misplacedKey = defineRule({
  title: 'Key belongs elsewhere',
  level: 'error',
  needs: 'text',
  check: problems('config/misplaced-key'),
})
