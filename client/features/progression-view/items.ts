import {ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri} from 'vscode'
import type {GraphNode, Location, ProgressionView, Tone} from '../../../server/protocol.ts'
import type {EnvironmentReference} from '../../infrastructure/graph-store.ts'

/** What an element of the tree stands for at one time. */
export type ElementPart =
  | {readonly kind: 'progression'; readonly progression: ProgressionView}
  | (EnvironmentReference & {readonly kind: 'environment' | 'step'})

/** An element of the tree: its content is replaced as graphs come, its kind and identity never. */
export type Element = ElementPart

const icons: Readonly<Record<Tone, {readonly icon: string; readonly color?: string}>> = {
  neutral: {icon: 'circle-outline'},
  waiting: {icon: 'clock'},
  active: {icon: 'sync~spin', color: 'charts.blue'},
  good: {icon: 'pass-filled', color: 'testing.iconPassed'},
  attention: {icon: 'warning', color: 'list.warningForeground'},
  bad: {icon: 'error', color: 'testing.iconFailed'},
}

const toneIcon = (tone: Tone): ThemeIcon => new ThemeIcon(icons[tone].icon, icons[tone].color === undefined ? undefined : new ThemeColor(icons[tone].color))

/** The identifier of an element, the same for the same thing in every later graph, so that the tree keeps what is open and selected. */
export const elementId = (element: ElementPart): string =>
  element.kind === 'progression' ? element.progression.id : `${element.progression.id}\n${element.node.id}`

export function treeItem(element: Element, hasSteps: boolean): TreeItem {
  const item = element.kind === 'progression' ? progressionItem(element.progression) : nodeItem(element, hasSteps)
  item.id = elementId(element)
  return item
}

function progressionItem(progression: ProgressionView): TreeItem {
  const item = new TreeItem(progression.name, TreeItemCollapsibleState.Expanded)
  const file = Uri.parse(progression.uri)
  item.resourceUri = file
  item.iconPath = new ThemeIcon('type-hierarchy')
  item.description = file.path.split('/').at(-1) ?? ''
  item.contextValue = 'progression source'
  item.accessibilityInformation = {label: `Progression ${progression.name}`}
  return item
}

function nodeItem({kind, node, progression}: Extract<Element, EnvironmentReference>, hasSteps: boolean): TreeItem {
  const item = new TreeItem(node.label, hasSteps ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None)
  item.iconPath = toneIcon(node.tone)
  item.description = [node.release, node.detail].filter(text => text !== undefined && text !== '').join(' · ')
  item.tooltip = node.description ?? [node.label, item.description].filter(text => text !== '').join(': ')
  item.contextValue = [kind, ...node.actions, ...(node.at === undefined ? [] : ['source'])].join(' ')
  item.accessibilityInformation = {label: spoken(node, kind, progression)}
  if (node.at !== undefined) item.command = {command: 'progression.openSource', title: 'Go to Source', arguments: [node.at satisfies Location]}
  return item
}

/** Everything the icon and the grey text say, for those who hear it. */
function spoken(node: GraphNode, kind: 'environment' | 'step', progression: ProgressionView): string {
  const parts = [
    `${node.label}, ${node.production ? 'production ' : ''}${kind} of ${kind === 'step' ? (node.environment ?? progression.name) : progression.name}`,
  ]
  if (node.detail !== undefined) parts.push(node.detail)
  if (node.release !== undefined) parts.push(`release ${node.release}`)
  return parts.join(', ')
}
