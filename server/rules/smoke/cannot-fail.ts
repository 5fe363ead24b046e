import {addArguments} from '../../fixes/add-arguments.ts'
import {replaceText} from '../../fixes/replace-text.ts'
import type {FixReference} from '../../model/finding.ts'
import type {Piece, Script, ScriptPass} from '../../model/script.ts'
import {defineRule, type Report} from '../rule.ts'
import {inLine, reportPiece, type ScriptUse, scriptsOf, subjectOf} from '../scripts.ts'
import {takenBy} from '../swallow.ts'

/** A script that ends with 0 when what it tests is down. Only what holds whatever else happens while it runs. */
export const smokeCannotFail = defineRule({
  title: 'Smoke test cannot fail',
  level: 'warning',
  needs: 'workspace',
  check(progression, report) {
    for (const use of scriptsOf(progression, ['smoke'])) {
      const {script, isCommand} = use
      // A command without a request is no test that was written here.
      if (isCommand && script.requests.length === 0) continue
      const passes = new Map(script.passes.map(pass => [pass.scenario, pass]))
      const [refused, broken] = [passes.get('refused'), passes.get('broken')]
      if (refused && script.requests.length === 0) unjudged(use, refused, report)
      else if (passes.has('high') && passes.has('low') && measures(script)) blind(use, report)
      else if (refused) say(use, 'even when nothing answers', refused, report)
      else if (broken) say(use, 'when every answer is a 500', broken, report)
    }
  },
})

const measures = ({requests}: Script): boolean => requests.some(({url}) => url.some(piece => piece !== undefined && /\/api\/v1\/query(\?|$)/.test(piece)))

function unjudged(use: ScriptUse, {reason}: ScriptPass, report: Report): void {
  const {script} = use
  const head = `${subjectOf(use)} cannot fail: ${script.called} ends well whatever happens in it.`
  if (!reason) report(script.at, `${head} Ask the release something, with http: or with curl --fail.`)
  else reportPiece(report, use, reason.by, `${head} ${takenBy(reason)}`, {words: 'Here the failure is lost.', fix: fixOf(use, reason)})
}

/** What it reads from an answer of Prometheus is not the number. */
function blind(use: ScriptUse, report: Report): void {
  const asked = use.script.requests.find(({url}) => url.some(piece => piece?.includes('/api/v1/query')))
  if (!asked) return
  const message = `${subjectOf(use)} cannot fail: ${use.script.called} ends well whatever Prometheus measured. The number stands at .data.result[0].value[1] of an answer, and a gate judges it without a script, also when there is none.`
  reportPiece(report, use, asked, message, {words: 'Prometheus is asked here.'})
}

function say(use: ScriptUse, when: string, {reason}: ScriptPass, report: Report): void {
  const {script} = use
  const head = `${subjectOf(use)} cannot fail: ${script.called} ends well ${when}.`
  if (reason) {
    reportPiece(report, use, reason.by, `${head} ${takenBy(reason)}`, {words: 'Here the failure is lost.', fix: fixOf(use, reason)})
    return
  }
  const lenient = script.requests.find(({judgesStatus}) => judgesStatus === false)
  const [first] = script.requests
  const at: Piece | undefined = lenient ?? first
  if (!at) return
  const flag = lenient?.tool === 'curl' ? '--fail' : lenient ? '--check-status' : undefined
  const instead = flag
    ? `${lenient?.tool}${inLine(at)} fails only when nothing answers. Add ${flag}.`
    : 'Nothing it does with the answer ends it with another status. Add exit 1 where the answer is bad.'
  const fix = flag && use.isCommand ? addArguments.for({environment: use.environment.name, step: 'smoke', words: flag}) : undefined
  reportPiece(report, use, at, `${head} ${instead}`, {words: 'The request.', fix})
}

/** `|| true` in a text of the progression can simply go. */
function fixOf({script}: ScriptUse, {kind, by}: NonNullable<ScriptPass['reason']>): FixReference | undefined {
  if (script.uri !== undefined || kind !== 'or' || !/^\|\|\s*(true|:)$/.test(by.text)) return undefined
  return replaceText.for({title: `Take out ${by.text}`, text: ''})
}
