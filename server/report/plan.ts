import {formatDuration} from '../model/duration.ts'
import type {Change, Plan} from '../model/promotion.ts'

export type PlanTextOptions = {readonly colours: boolean /** Shows what changes, line by line. */; readonly diffs: boolean}

type Paint = (text: string, code: string) => string

const signs: Readonly<Record<Change['action'], readonly [string, string]>> = {
  create: ['+', '32'],
  change: ['~', '33'],
  prune: ['-', '31'],
  scaleToZero: ['0', '31'],
  unchanged: [' ', '2'],
}

/** A plan for people: where, what changes, what happens, and why not. Ends with a newline. */
export function planText(plan: Plan, {colours, diffs}: PlanTextOptions): string {
  const paint: Paint = (text, code) => (colours ? `\u001B[${code}m${text}\u001B[0m` : text)
  const verb = plan.action === 'promote' ? `Promote ${plan.release.id} to` : `Roll back to ${plan.release.id} in`
  const lines = [paint(`${verb} ${plan.environment}${plan.production ? ' (production)' : ''} of ${plan.progression}`, '1')]
  for (const target of plan.targets) {
    const now = target.from ? `revision ${target.from.revision}, release ${target.from.release}` : 'nothing promoted yet'
    lines.push(
      '',
      `${target.target}: context ${target.context}, ${target.server}, namespace ${target.namespace}, as ${target.user}`,
      `  now ${now}; this makes revision ${target.revision}`,
    )
    const changed = target.changes.filter(({action}) => action !== 'unchanged')
    for (const {action, kind, name, diff} of changed) {
      const [sign, code] = signs[action]
      lines.push(`  ${paint(sign, code)} ${kind} ${name}${action === 'scaleToZero' ? ' is scaled to zero' : ''}`)
      if (diffs && diff)
        lines.push(
          ...diff
            .trimEnd()
            .split('\n')
            .map(line => `      ${paint(line, line.startsWith('+') ? '32' : line.startsWith('-') ? '31' : '2')}`),
        )
    }
    const same = target.changes.length - changed.length
    if (same > 0) lines.push(paint(`    ${same} ${same === 1 ? 'object stays' : 'objects stay'} as ${same === 1 ? 'it is' : 'they are'}`, '2'))
    for (const {object, why} of target.notDryRun) lines.push(`  ${paint('?', '33')} ${object} was not dry-run: ${why}`)
    if (target.rollbackSeconds !== undefined) lines.push(`  rolling back from here takes about ${formatDuration(target.rollbackSeconds * 1000)}`)
  }
  if (plan.steps.length > 0) lines.push('', ...plan.steps.map((step, index) => `${String(index + 1).padStart(3)}. ${step}`))
  if (plan.remarks.length > 0) lines.push('', ...plan.remarks.map(remark => paint(`Note: ${remark}`, '36')))
  if (plan.refusals.length > 0) lines.push('', ...plan.refusals.map(refusal => paint(`Refused: ${refusal}`, '31')))
  return `${lines.join('\n')}\n`
}
