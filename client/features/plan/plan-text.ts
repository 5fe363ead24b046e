import type {Plan} from '../../../server/protocol.ts'

const actionSigns = {create: '+', change: '~', unchanged: '=', prune: '-'} as const

/** A plan as text: who and where, what would be done, what changes, and the diffs. Coloured as a diff. */
export function planText(plan: Plan): string {
  const lines = [
    `${plan.action === 'promote' ? 'Promote' : 'Roll back'} ${plan.environment} of ${plan.progression}${plan.production ? ' (production)' : ''}`,
    '',
  ]
  lines.push(`Release    ${plan.from === undefined || plan.from === plan.release ? '' : `${plan.from} → `}${plan.release}`)
  for (const {name, context, server, namespace} of plan.targets) {
    if (name !== undefined && plan.targets.length > 1) lines.push('', `Target     ${name}`)
    lines.push(`Context    ${context}`, `Server     ${server}`, `Namespace  ${namespace}`)
  }
  if (plan.estimatedRollbackSeconds !== undefined) lines.push(`Rollback   about ${plan.estimatedRollbackSeconds} s`)
  section(lines, 'Refused', plan.refusals)
  section(lines, 'Good to know', plan.remarks)
  section(lines, 'Steps', plan.summary)
  section(
    lines,
    'Objects',
    plan.changes.map(({action, kind, name, namespace, because}) => {
      const place = namespace === undefined ? '' : ` in ${namespace}`
      return `${actionSigns[action]} ${kind} ${name}${place}${because === undefined ? '' : ` (${because})`}`
    }),
  )
  for (const {diff, kind, name} of plan.changes) if (diff !== undefined && diff !== '') lines.push('', `# ${kind} ${name}`, diff.trimEnd())
  return `${lines.join('\n')}\n`
}

function section(lines: string[], title: string, items: readonly string[]): void {
  if (items.length > 0) lines.push('', title, ...items.map(item => `  ${item}`))
}
