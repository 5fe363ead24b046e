import type {GraphEdge, GraphNode} from '../protocol.ts'

/**
 * A mermaid flowchart: environments from top to bottom, each a box with its steps in a row, so that a long progression stays
 * readable in an editor's column. Edges join the boxes and never the steps, or mermaid would ignore the direction inside.
 * Texts from files are escaped as mermaid's entity codes, so that no file can write markup or directives into the picture.
 */
export function mermaid(title: string, nodes: readonly GraphNode[], edges: readonly GraphEdge[]): string {
  const lines = ['flowchart TB', `  accTitle: ${plainLine(title)}`, `  accDescr: ${plainLine(describe(nodes))}`]
  const drawn = new Map(nodes.map(node => [node.id, node.drawnAs]))
  for (const node of nodes) {
    if (node.kind === 'trigger' && node.drawnAs) lines.push(`  ${node.drawnAs}([${quoted([node.label])}]):::neutral`)
    if (node.kind !== 'environment' || !node.drawnAs) continue
    const steps = nodes.filter(step => step.kind === 'step' && step.environment === node.environment)
    const caption = [[node.label, node.release, node.detail].filter(Boolean).join(' · ')]
    if (steps.length === 0) lines.push(`  ${node.drawnAs}[${quoted(caption)}]:::${node.tone}`)
    else lines.push(`  subgraph ${node.drawnAs} [${quoted(caption)}]`, '    direction LR', ...row(steps), '  end', `  class ${node.drawnAs} ${node.tone}`)
  }
  for (const edge of edges) {
    const [from, to] = [drawn.get(edge.from), drawn.get(edge.to)]
    if (from && to) lines.push(edge.label ? `  ${from} -->|${quoted([edge.label])}| ${to}` : `  ${from} --> ${to}`)
  }
  return `${lines.join('\n')}\n`
}

const row = (steps: readonly GraphNode[]): readonly string[] => [
  ...steps.map(step => `    ${step.drawnAs}(${quoted([step.label, step.detail ?? ''].filter(Boolean))}):::${step.tone}`),
  ...steps.slice(1).map((step, index) => `    ${steps[index]?.drawnAs} --> ${step.drawnAs}`),
]

const describe = (nodes: readonly GraphNode[]): string =>
  nodes
    .filter(node => node.kind === 'environment')
    .map(node => `${node.label}${node.detail ? ` is ${node.detail}` : ''}`)
    .join(', ')

const quoted = (lines: readonly string[]): string => `"${lines.map(entities).join('<br/>')}"`

/** Everything but letters, digits and a few harmless signs becomes an entity code. */
const entities = (text: string): string => text.replace(/[^\p{L}\p{N} .,:/_@·-]/gu, character => `#${character.codePointAt(0)};`)

const plainLine = (text: string): string => text.replace(/[^\p{L}\p{N} .,:/_@·-]+/gu, ' ').trim() || 'progression'
