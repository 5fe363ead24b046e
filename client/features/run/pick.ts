import {type QuickPickItem, window} from 'vscode'
import type {Action} from '../../../server/protocol.ts'
import type {EnvironmentReference, GraphStore} from '../../infrastructure/graph-store.ts'
import {actionWords} from '../../infrastructure/words.ts'

type Choice = QuickPickItem & {readonly reference: EnvironmentReference}

/** What a click handed over, told by its shape: an element of the tree, or the name that a code lens and the flowchart give. */
function isReference(value: unknown): value is EnvironmentReference {
  return typeof value === 'object' && value !== null && 'progression' in value && 'node' in value
}

function isNodeContext(value: unknown): value is {readonly progression: string; readonly node: string} {
  return isReference(value) && typeof value.progression === 'string' && typeof value.node === 'string'
}

function named(store: GraphStore, id: string, environment: string): EnvironmentReference {
  const found = store.environments().find(({progression, node}) => progression.id === id && node.id === environment)
  if (found === undefined) throw new Error(`${environment} is not in the progression any more.`)
  return found
}

/** The environment that was clicked, or the one a person picks from the list. Undefined: they picked none. */
export async function pickEnvironment(store: GraphStore, action: Action, clicked: unknown): Promise<EnvironmentReference | undefined> {
  if (isReference(clicked) && !isNodeContext(clicked)) return clicked
  const progressions = await store.load()
  if (isNodeContext(clicked)) return named(store, clicked.progression, clicked.node)
  if (progressions.length === 0) throw new Error('There is no progression.yaml in this workspace.')
  const references = store.environments().filter(({node}) => node.actions.includes(action))
  if (references.length === 0) throw new Error(action === 'promote' ? 'No environment can be promoted to now.' : 'No environment has anything to roll back to.')
  const choices: Choice[] = references.map(reference => ({
    label: reference.node.label,
    description: [reference.node.release, reference.node.detail].filter(text => text !== undefined && text !== '').join(' · '),
    detail: progressions.length > 1 ? reference.progression.name : undefined,
    reference,
  }))
  const {verb} = actionWords[action]
  const choice = await window.showQuickPick(choices, {
    title: verb,
    placeHolder: action === 'promote' ? 'The environment to promote to' : 'The environment to roll back',
  })
  return choice?.reference
}
