import type {Tone} from '../../../server/protocol.ts'

/** What extension and webview say to each other. Both sides check what arrives: a webview is a browser page. */

export type FlowchartNode = {
  /** Its identifier in the mermaid text. */
  readonly drawnAs: string
  readonly id: string
  /** Label, phase and release in one sentence, for those who hear it and for the tooltip. */
  readonly spoken: string
  readonly kind: 'trigger' | 'environment' | 'step'
  readonly tone: Tone
  readonly canPromote: boolean
  readonly canRollback: boolean
  readonly canOpen: boolean
}

export type Flowchart = {
  readonly progression: string
  readonly name: string
  readonly mermaid: string
  readonly notice?: string
  readonly nodes: readonly FlowchartNode[]
}

export type ToWebview = {readonly type: 'show'; readonly flowchart: Flowchart} | {readonly type: 'missing'; readonly text: string}
export type FromWebview = {readonly type: 'ready'} | {readonly type: 'open'; readonly node: string} | {readonly type: 'failed'; readonly message: string}

/** What a webview keeps over a reload; the serializer finds its progression by it. */
export type FlowchartState = {readonly progression: string; readonly x?: number; readonly y?: number; readonly zoom?: number}

const record = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? {...value} : {})
const text = (value: unknown): value is string => typeof value === 'string'

export function readFromWebview(value: unknown): FromWebview | undefined {
  const {type, node, message} = record(value)
  if (type === 'ready') return {type}
  if (type === 'open' && text(node)) return {type, node}
  if (type === 'failed' && text(message)) return {type, message: message.slice(0, 2_000)}
  return undefined
}

export function readToWebview(value: unknown): ToWebview | undefined {
  const {type, text: words, flowchart} = record(value)
  if (type === 'missing' && text(words)) return {type, text: words}
  const {progression, name, mermaid, nodes, notice} = record(flowchart)
  if (type !== 'show' || !text(progression) || !text(name) || !text(mermaid) || !Array.isArray(nodes)) return undefined
  return {type, flowchart: {progression, name, mermaid, nodes: nodes.filter(isNode), notice: text(notice) ? notice : undefined}}
}

function isNode(value: unknown): value is FlowchartNode {
  const {drawnAs, id, spoken, kind} = record(value)
  return text(drawnAs) && text(id) && text(spoken) && (kind === 'trigger' || kind === 'environment' || kind === 'step')
}

export function readState(value: unknown): FlowchartState | undefined {
  const {progression, x, y, zoom} = record(value)
  if (!text(progression)) return undefined
  const number = (given: unknown) => (typeof given === 'number' && Number.isFinite(given) ? given : undefined)
  return {progression, x: number(x), y: number(y), zoom: number(zoom)}
}
