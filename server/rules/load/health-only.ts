import {isHealth, pathOf} from '../addresses.ts'
import {defineRule} from '../rule.ts'
import {reportPiece, scriptsOf, subjectOf} from '../scripts.ts'

/** A load test that only asks what answers without work: neither database nor cache see any of it. */
export const loadHealthOnly = defineRule({
  title: 'Load test only asks for health',
  level: 'hint',
  needs: 'workspace',
  check(progression, report) {
    for (const use of scriptsOf(progression, ['load'])) {
      const {requests, isOpen, called} = use.script
      const [first] = requests
      if (isOpen || !first) continue
      const paths = requests.map(({url}) => pathOf(url))
      if (!paths.every(path => path !== undefined && isHealth(path))) continue
      const words = [...new Set(paths)].join(' and ')
      reportPiece(
        report,
        use,
        first,
        `${subjectOf(use)} only asks for ${words}: ${called} puts load on what answers without doing any work. Ask for what users ask for.`,
        {words: 'The request.'},
      )
    }
  },
})
