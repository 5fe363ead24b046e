import {knownValue} from '../model/fact.ts'
import type {Place} from '../model/place.ts'
import {type Environment, isProduction, type Progression, type Transition} from '../model/progression.ts'
import type {TargetStatus} from '../model/promotion.ts'
import type {Step} from '../model/step.ts'
import type {Action, GraphEdge, GraphNode, Live, Location, ProgressionView} from '../protocol.ts'
import {mermaid} from './mermaid.ts'
import {phaseWords, worst} from './phase.ts'

export type ViewOptions = {
  readonly locate: (place: Place) => Location | undefined
  /** What the clusters said, by environment; empty where they were not asked. */
  readonly statuses: ReadonlyMap<string, readonly TargetStatus[]>
  readonly live: Live
}

/** Steps that every environment has are not drawn as nodes of their own, so that a picture shows what was decided. */
const unspoken: ReadonlySet<Step['kind']> = new Set(['plan', 'deploy', 'verified'])

/** A progression as tree and flowchart show it: environments in their order, each followed by its steps. */
export function progressionView(progression: Progression, options: ViewOptions): ProgressionView {
  const triggers: GraphNode[] = []
  const edges: GraphEdge[] = []
  for (const {from, to, automatic} of progression.transitions.items) {
    if (typeof from === 'string') edges.push({from, to, automatic: knownValue(automatic), label: edgeLabel(progression, to)})
    else {
      const id = `trigger:${from.trigger}:${from.detail ?? ''}`
      if (!triggers.some(node => node.id === id))
        triggers.push({id, drawnAs: `t${triggers.length}`, kind: 'trigger', label: from.detail ?? from.trigger, tone: 'neutral', actions: []})
      edges.push({from: id, to})
    }
  }
  const nodes = [
    ...triggers,
    ...progression.environments.items.flatMap((environment, index) => environmentNodes(environment, index, progression.transitions.items, options)),
  ]
  const at = options.locate(progression.at) ?? {uri: progression.document, range: {start: {line: 0, character: 0}, end: {line: 0, character: 0}}}
  const drawn = edges.filter(({from, to}) => nodes.some(node => node.id === from) && nodes.some(node => node.id === to))
  const name = progression.name || 'progression'
  return {
    id: `${progression.document}#${progression.index}`,
    name,
    uri: progression.document,
    at,
    nodes,
    edges: drawn,
    mermaid: mermaid(name, nodes, drawn),
    live: options.live,
  }
}

/** An approval stands on the way into the environment that asks for it. */
function edgeLabel(progression: Progression, to: string): string | undefined {
  const approval = progression.environments.items.find(environment => environment.name === to)?.steps.items.find(step => step.kind === 'approval')
  return approval && `approval${approval.detail ? `: ${approval.detail}` : ''}`
}

function environmentNodes(environment: Environment, index: number, transitions: readonly Transition[], {locate, statuses}: ViewOptions): GraphNode[] {
  const reported = statuses.get(environment.name) ?? []
  const status = worst(reported)
  const words = status && phaseWords(status.phase)
  const drawn = environment.steps.items.filter(step => !unspoken.has(step.kind))
  const before = transitions.filter(({to}) => to === environment.name).map(({from}) => (typeof from === 'string' ? from : from.trigger))
  const targets = environment.targets.items.map(target => [knownValue(target.cluster), knownValue(target.namespace)].filter(Boolean).join('/')).filter(Boolean)
  const description = [
    before.length > 0 ? `After ${before.join(' and ')}` : 'First environment',
    targets.length > 0 ? `Runs in ${targets.join(', ')}` : undefined,
    environment.rollback.state === 'known'
      ? 'Rolled back automatically'
      : environment.rollback.state === 'absent'
        ? 'Not rolled back automatically'
        : undefined,
    ...reported.map(one => (reported.length > 1 ? `${one.target}: ${one.message}` : one.message)),
  ].filter(line => line !== undefined)
  const node: GraphNode = {
    id: environment.name,
    drawnAs: `e${index}`,
    kind: 'environment',
    environment: environment.name,
    label: environment.name,
    production: isProduction(environment),
    detail: words?.text,
    description: description.join('\n'),
    tone: words?.tone ?? 'neutral',
    release: status?.release,
    at: locate(environment.at),
    actions: actionsOf(reported),
  }
  const steps = drawn.map(
    (step, position): GraphNode => ({
      id: `${environment.name}/${step.kind}`,
      drawnAs: `e${index}s${position}`,
      kind: 'step',
      environment: environment.name,
      label: step.kind,
      detail: step.detail,
      tone: 'neutral',
      at: locate(step.at),
      actions: [],
    }),
  )
  return [node, ...steps]
}

/** Before a cluster was asked everything is offered; the plan says what cannot be. */
function actionsOf(statuses: readonly TargetStatus[]): Action[] {
  const nothingYet = statuses.length > 0 && statuses.every(({phase}) => phase === 'empty')
  return nothingYet ? ['promote'] : ['promote', 'rollback']
}
