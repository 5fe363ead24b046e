import type {ProgressionView} from '../protocol.ts'

/** A flowchart for a terminal: an environment a box, its steps below its name, arrows between boxes that follow each other. */
export function textGraph(view: ProgressionView): string {
  const environments = view.nodes.filter(node => node.kind === 'environment')
  const boxes = environments.map(node => {
    const steps = view.nodes.filter(step => step.kind === 'step' && step.environment === node.environment)
    const status = [node.release, node.detail].filter(Boolean).join(' · ')
    return {
      id: node.id,
      lines: [
        node.label + (node.production ? ' ★' : ''),
        ...(status ? [status] : []),
        ...steps.map(step => `• ${step.label}${step.detail ? ` ${step.detail}` : ''}`),
      ],
    }
  })
  const height = Math.max(...boxes.map(({lines}) => lines.length), 1)
  const columns = boxes.map(({id, lines}, index) => {
    const width = Math.max(...lines.map(line => line.length)) + 2
    const rows = [
      `┌${'─'.repeat(width)}┐`,
      ...Array.from({length: height}, (_, row) => `│ ${(lines[row] ?? '').padEnd(width - 2)} │`),
      `└${'─'.repeat(width)}┘`,
    ]
    const next = boxes[index + 1]
    const joined = next !== undefined && view.edges.some(edge => edge.from === id && edge.to === next.id)
    const gap = rows.map((_, row) => (next === undefined ? '' : row === 1 && joined ? ' ──▶ ' : '     '))
    return rows.map((row, position) => row + gap[position])
  })
  const picture = Array.from({length: height + 2}, (_, row) => columns.map(column => column[row] ?? '').join('')).map(line => line.trimEnd())
  const order = new Map(environments.map((node, index) => [node.id, index]))
  const others = view.edges.filter(({from, to}) => (order.get(to) ?? 0) - (order.get(from) ?? 0) !== 1 && order.has(from))
  const labels = view.edges.filter(edge => edge.label).map(edge => `${edge.from} ──▶ ${edge.to}: ${edge.label}`)
  return [view.name, ...(boxes.length > 0 ? picture : ['no environments yet']), ...others.map(edge => `${edge.from} ──▶ ${edge.to}`), ...labels].join('\n')
}
