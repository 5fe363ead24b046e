import {defineRule} from '../rule.ts'
import {problems} from './problems.ts'

export const missingFile = defineRule({
  title: 'File is missing',
  level: 'error',
  needs: 'workspace',
  check: problems('config/missing-file'),
})
