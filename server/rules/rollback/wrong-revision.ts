import {type Call, callsOf, isCalled, valueBehind} from '../commands.ts'
import {defineRule} from '../rule.ts'

/** A command that goes back to a revision by its number: the number is right once, and never again. */
export const rollbackWrongRevision = defineRule({
  title: 'Rollback goes to a fixed revision',
  level: 'warning',
  needs: 'text',
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
  },
})

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
