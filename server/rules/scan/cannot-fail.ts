import {addArguments} from '../../fixes/add-arguments.ts'
import {callsOf} from '../commands.ts'
import {defineRule, type Report} from '../rule.ts'
import {inLine, reportPiece, type ScriptUse, scriptsOf} from '../scripts.ts'
import {takenBy} from '../swallow.ts'
import {scannerOf} from './scanners.ts'

export const scanCannotFail = defineRule({
  title: 'Scan lets everything through',
  level: 'warning',
  needs: 'workspace',
  check(progression, report) {
    for (const call of callsOf(progression, ['scan'])) {
      const blind = scannerOf(call)?.blind(call)
      if (!blind) continue
      const {environment, at} = call
      report(at, `The scan of ${environment.name} cannot stop a release: ${blind.why}. ${blind.instead}.`, {
        fix: blind.add === undefined ? undefined : addArguments.for({environment: environment.name, step: 'scan', words: blind.add}),
      })
    }
    for (const use of scriptsOf(progression, ['scan'])) if (!use.isCommand) followed(use, report)
  },
})

/** A script that ends well although a scanner found something. */
function followed(use: ScriptUse, report: Report): void {
  const {script, environment} = use
  const pass = script.passes.find(({scenario}) => scenario === 'findings')
  if (!pass) return
  const head = `The scan of ${environment.name} cannot stop a release: ${script.called}`
  const blind = script.judges.find(({kind, canFail}) => kind === 'scan' && canFail === false)
  if (pass.reason)
    reportPiece(report, use, pass.reason.by, `${head} ends well whatever is found. ${takenBy(pass.reason)}`, {words: 'Here the failure is lost.'})
  else if (blind)
    reportPiece(report, use, blind, `${head} starts ${blind.tool}${inLine(blind)}, which ends well whatever it finds. Write ${blind.way}.`, {
      words: 'The scanner.',
    })
  else report(script.at, `${head} ends well whatever happens in it. Start a scanner that fails, such as trivy image --exit-code 1.`)
}
