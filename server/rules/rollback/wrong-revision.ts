import type {ScriptRollback} from '../../model/script.ts'
import {type Call, callsOf, isCalled, valueBehind} from '../commands.ts'
import {defineRule, type Report} from '../rule.ts'
import {inLine, reportPiece, type ScriptUse, scriptsOf, subjectOf} from '../scripts.ts'

/**
 * A command that goes back to a revision by its number: the number is right once, and never again. A script may reckon it, and reckon
 * it wrong.
 */
export const rollbackWrongRevision = defineRule({
  title: 'Rollback goes to the wrong revision',
  level: 'warning',
  needs: 'workspace',
  check(progression, report) {
    for (const call of callsOf(progression, ['scan', 'smoke', 'load'])) {
      const found = revision(call)
      if (!found) continue
      const {environment, step, at} = call
      report(
        at,
        `${step.kind} of ${environment.name} goes back to revision ${found.number} with ${found.command}: after the next release that is another one. ${found.instead}.`,
      )
    }
    for (const use of scriptsOf(progression, ['scan', 'migrate', 'smoke', 'load'])) {
      if (!use.isCommand) for (const rollback of use.script.rollbacks) reckoned(use, rollback, report)
    }
  },
})

/** The revision that a script comes to. */
function reckoned(use: ScriptUse, {tool, revision}: ScriptRollback, report: Report): void {
  if (!revision) return
  const command = tool === 'helm' ? 'helm rollback' : 'kubectl rollout undo'
  const option = tool === 'helm' ? 'the number' : '--to-revision'
  const instead = `Leave ${option} out to go to the one before.`
  const say = (words: string): void => reportPiece(report, use, revision, `${subjectOf(use)} ${words} ${instead}`, {words: 'The revision.'})
  const where = inLine(revision)
  if (revision.kind === 'number') {
    if (revision.number > 0) say(`goes back to revision ${revision.number} with ${command}${where}: after the next release that is another one.`)
    return
  }
  if (revision.kind === 'current') {
    say(`goes back to the newest revision with ${command}${where}, and that is the one that serves now.`)
    return
  }
  // kubectl prints a name, a heading and an empty line beside its revisions (kubectl/pkg/cmd/rollout/rollout_history.go), helm a heading.
  const beyond = (revision.tool === 'kubectl' ? 3 : 1) - revision.minus
  const counted = `takes the lines of ${revision.tool === 'helm' ? 'helm history' : 'kubectl rollout history'} for its revisions${where}`
  if (beyond > 0) say(`${counted}, and so asks for revision ${beyond} beyond the last one, which is not there.`)
  else if (beyond === 0) say(`${counted}, and so goes back to the last one, which serves now.`)
}

type Fixed = {readonly number: string; readonly command: string; readonly instead: string}

/** kubectl takes 0 for the revision before; helm and argocd take the one before where none is named. */
function revision(call: Call): Fixed | undefined {
  const {program} = call
  if (program === 'kubectl' && isCalled(call, 'rollout', 'undo')) {
    const number = valueBehind(call, '--to-revision')
    return number !== undefined && /^[1-9]\d*$/.test(number)
      ? {number, command: 'kubectl rollout undo', instead: 'Leave --to-revision out to go to the one before, or let rollback: do it'}
      : undefined
  }
  const plain = call.words.filter(({text}) => !text.startsWith('-')).map(({text}) => text)
  const [command, last] =
    program === 'helm' && isCalled(call, 'rollback')
      ? ['helm rollback', plain[2]]
      : program === 'argocd' && isCalled(call, 'app', 'rollback')
        ? ['argocd app rollback', plain[3]]
        : []
  return command && last && /^[1-9]\d*$/.test(last)
    ? {number: last, command, instead: 'Leave the number out to go to the one before, or let rollback: do it'}
    : undefined
}
