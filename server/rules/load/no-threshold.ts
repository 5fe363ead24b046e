import {defineRule, type Report} from '../rule.ts'
import {reportPiece, type ScriptUse, scriptsOf, subjectOf} from '../scripts.ts'
import {takenBy} from '../swallow.ts'

/** A load test that measures and never says no. k6 ends with 0 unless a threshold is crossed, whatever its checks say. */
export const loadNoThreshold = defineRule({
  title: 'Load test cannot fail',
  level: 'warning',
  needs: 'workspace',
  check(progression, report) {
    for (const use of scriptsOf(progression, ['load'])) {
      if (use.script.k6) k6(use, use.script.k6, report)
      else measured(use, report)
    }
  },
})

function k6(use: ScriptUse, {thresholds, checks, mayAbort}: NonNullable<ScriptUse['script']['k6']>, report: Report): void {
  const {script} = use
  if (mayAbort) return
  const [check] = checks
  const related = check ? [{at: check.at, message: 'A check only counts: k6 ends with 0 when it fails.'}] : []
  if (thresholds.state === 'absent') {
    const but = check ? ' Its checks are counted and change nothing.' : ''
    report(
      script.at,
      `${subjectOf(use)} cannot fail: ${script.called} has no thresholds, and without them k6 always ends well.${but} Add thresholds to its options, such as http_req_failed: ['rate<0.01'] and http_req_duration: ['p(95)<500'].`,
      {related},
    )
    return
  }
  if (thresholds.state !== 'known' || !thresholds.value.every(({isKept}) => isKept)) return
  const [first] = thresholds.value
  if (!first) return
  const words = thresholds.value.map(({metric, expression}) => `${metric} ${expression}`).join(', ')
  reportPiece(
    report,
    use,
    first,
    `${subjectOf(use)} cannot fail: no measurement crosses ${words} in ${script.called}. Limit the share of failed requests below 1, such as rate<0.01.`,
    {
      words: 'The threshold.',
      related,
    },
  )
}

/** Another program measures, or a script keeps back what it says. */
function measured(use: ScriptUse, report: Report): void {
  const {script, isCommand} = use
  const slow = script.passes.find(({scenario}) => scenario === 'slow')
  if (!slow) return
  const judge = script.judges.find(({kind}) => kind === 'load')
  // k6 --no-thresholds is said by order/ignores-failure, and a command that is no load test at all too.
  if (isCommand && (!judge || judge.tool === 'k6')) return
  const head = `${subjectOf(use)} cannot fail:`
  if (slow.reason)
    reportPiece(report, use, slow.reason.by, `${head} ${script.called} ends well whatever is measured. ${takenBy(slow.reason)}`, {
      words: 'Here the failure is lost.',
    })
  else if (judge?.canFail === false)
    reportPiece(
      report,
      use,
      judge,
      `${head} ${judge.tool} prints what it measured and ends well, however slow that was. Use k6: with a script that has thresholds.`,
      {words: 'It measures here.'},
    )
  else report(script.at, `${head} ${script.called} ends well whatever happens in it. Use k6: with a script that has thresholds.`)
}
