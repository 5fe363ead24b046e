import {window} from 'vscode'
import type {Plan} from '../../server/protocol.ts'
import {actionWords} from './words.ts'

/** What a person answered. `typed` is the environment's name, asked only of a production. */
export type Answer = {readonly kind: 'yes'; readonly typed?: string} | {readonly kind: 'look'} | {readonly kind: 'no'}

/** Everything that tells one cluster from another stands in the question, because an action once landed on the wrong one. */
export function question(plan: Plan): {readonly message: string; readonly detail: string} {
  const {verb} = actionWords[plan.action]
  const message = plan.action === 'promote' ? `${verb} ${plan.release} to ${plan.environment}?` : `${verb} ${plan.environment} to ${plan.release}?`
  const lines = [`Environment: ${plan.environment} of ${plan.progression}${plan.production ? ' (production)' : ''}`]
  for (const target of plan.targets) {
    if (target.name !== undefined && plan.targets.length > 1) lines.push('', `Target: ${target.name}`)
    lines.push(`Context: ${target.context}`, `Server: ${target.server}`, `Namespace: ${target.namespace}`)
  }
  lines.push('', `Release: ${releases(plan)}`, ...plan.summary.map(step => `• ${step}`))
  if (plan.estimatedRollbackSeconds !== undefined && plan.action === 'promote') lines.push(`Rolling back would take about ${plan.estimatedRollbackSeconds} s.`)
  if (plan.remarks.length > 0) lines.push('', ...plan.remarks)
  return {message, detail: lines.join('\n')}
}

/** The release that runs and the one to be; a promotion that goes on has the same. */
export const releases = ({from, release}: Pick<Plan, 'from' | 'release'>): string => (from === undefined || from === release ? release : `${from} → ${release}`)

export class Confirm {
  /** Asks in a modal; a production asks for its name to be typed as well. */
  async run(plan: Plan): Promise<Answer> {
    const {verb} = actionWords[plan.action]
    const {message, detail} = question(plan)
    const answer = await window.showWarningMessage(message, {modal: true, detail}, verb, 'Show Plan')
    if (answer === 'Show Plan') return {kind: 'look'}
    if (answer !== verb) return {kind: 'no'}
    if (!plan.production) return {kind: 'yes'}
    const typed = await window.showInputBox({
      title: message,
      prompt: `Type ${plan.environment} to go on.`,
      placeHolder: plan.environment,
      ignoreFocusOut: true,
      validateInput: text => (text === '' || text === plan.environment ? undefined : `This is not ${plan.environment}.`),
    })
    return typed === plan.environment ? {kind: 'yes', typed} : {kind: 'no'}
  }
}
