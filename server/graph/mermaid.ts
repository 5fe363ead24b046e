import type {GraphEdge, GraphNode} from '../protocol.ts'

/**
 * A mermaid flowchart, left to right: a box an environment with its steps inside, edges between environments. Texts from
 * files are escaped as mermaid's entity codes, so that no file can write markup or directives into the picture.
 */
export function mermaid(title: string, nodes: readonly GraphNode[], edges: readonly GraphEdge[]): string {
  const lines = ['flowchart LR', `  accTitle: ${plainLine(title)}`, `  accDescr: ${plainLine(describe(nodes))}`]
  const drawn = new Map(nodes.map(node => [node.id, node.drawnAs]))
  for (const node of nodes) {
    if (!node.drawnAs || node.kind === 'step') continue
    if (node.kind === 'trigger') {
      lines.push(`  ${node.drawnAs}([${quoted([node.label])}]):::neutral`)
      continue
    }
    const steps = nodes.filter(step => step.kind === 'step' && step.environment === node.environment)
    const caption = [node.label, [node.release, node.detail].filter(Boolean).join(' · ')].filter(Boolean)
    lines.push(`  ${node.drawnAs}[${quoted(caption)}]:::${node.tone}`)
    let previous = node.drawnAs
    for (const step of steps) {
      lines.push(`  ${step.drawnAs}(${quoted([step.label, step.detail ?? ''].filter(Boolean))}):::step`, `  ${previous} -.- ${step.drawnAs}`)
      previous = step.drawnAs ?? previous
    }
  }
  for (const edge of edges) {
    const steps = nodes.filter(step => step.kind === 'step' && step.environment === edge.from)
    const from = steps.at(-1)?.drawnAs ?? drawn.get(edge.from)
    const to = drawn.get(edge.to)
    if (from && to) lines.push(edge.label ? `  ${from} -->|${quoted([edge.label])}| ${to}` : `  ${from} --> ${to}`)
  }
  return `${lines.join('\n')}\n`
}

const describe = (nodes: readonly GraphNode[]): string =>
  nodes
    .filter(node => node.kind === 'environment')
    .map(node => `${node.label}${node.detail ? ` is ${node.detail}` : ''}`)
    .join(', ')

const quoted = (lines: readonly string[]): string => `"${lines.map(entities).join('<br/>')}"`

/** Everything but letters, digits and a few harmless signs becomes an entity code. */
const entities = (text: string): string => text.replace(/[^\p{L}\p{N} .,:/_@·-]/gu, character => `#${character.codePointAt(0)};`)

const plainLine = (text: string): string => text.replace(/[\r\n;#{}]+/g, ' ').trim() || 'progression'
