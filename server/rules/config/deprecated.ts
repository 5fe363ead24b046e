import {defineRule} from '../rule.ts'
import {problems} from './problems.ts'

/** A key of the format that has a successor, and fields of the kustomizations it points to. Only renderings know those, so it waits for them. */
export const deprecated = defineRule({
  title: 'Key has a successor',
  level: 'hint',
  needs: 'manifests',
  check: problems('config/deprecated'),
})
