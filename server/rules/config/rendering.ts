import {defineRule} from '../rule.ts'
import {problems} from './problems.ts'

/** The author's mistake in an overlay or chart, in the engine's own words; what could not be tried is unknown, and silent. */
export const rendering = defineRule({
  title: 'Manifests do not render',
  level: 'error',
  needs: 'manifests',
  check: problems('config/rendering'),
})
