import type {ProgressionView} from '../../../server/protocol.ts'
import {liveWords} from '../progression-view/view.ts'
import type {Flowchart, FlowchartNode} from './messages.ts'

/** What the webview needs of a progression: the drawing, and what can be done with its nodes. */
export function flowchartOf(progression: ProgressionView): Flowchart {
  const nodes = progression.nodes.flatMap((node): readonly FlowchartNode[] => {
    if (node.drawnAs === undefined) return []
    const spoken = [node.label, node.detail, node.release === undefined ? undefined : `release ${node.release}`].filter(text => text !== undefined).join(', ')
    const isEnvironment = node.kind === 'environment'
    return [
      {
        drawnAs: node.drawnAs,
        id: node.id,
        spoken,
        kind: node.kind,
        tone: node.tone,
        canPromote: isEnvironment && node.actions.includes('promote'),
        canRollback: isEnvironment && node.actions.includes('rollback'),
        canOpen: node.at !== undefined,
      },
    ]
  })
  return {progression: progression.id, name: progression.name, mermaid: progression.mermaid, notice: liveWords(progression.live), nodes}
}
