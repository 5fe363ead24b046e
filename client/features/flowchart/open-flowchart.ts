import {window} from 'vscode'
import type {ProgressionView} from '../../../server/protocol.ts'
import type {Command} from '../../infrastructure/commands.ts'
import type {GraphStore} from '../../infrastructure/graph-store.ts'
import type {Flowcharts} from './flowcharts.ts'

/** Opens the flowchart of the progression that was clicked or is being edited, else of the only one, else of one picked from a list. */
export class OpenFlowchartCommand implements Command {
  readonly id = 'progression.openFlowchart'
  readonly #store: GraphStore
  readonly #flowcharts: Flowcharts

  constructor(store: GraphStore, flowcharts: Flowcharts) {
    this.#store = store
    this.#flowcharts = flowcharts
  }

  async run(clicked?: unknown): Promise<void> {
    const progressions = await this.#store.load()
    if (progressions.length === 0) throw new Error('There is no progression.yaml in this workspace.')
    const picked = this.#clicked(progressions, clicked) ?? (await this.#pick(progressions))
    if (picked !== undefined) this.#flowcharts.show(picked.id)
  }

  /** By the element of a tree, or by the identifier that a code lens or the drawing names. */
  #clicked(progressions: readonly ProgressionView[], clicked: unknown): ProgressionView | undefined {
    if (typeof clicked !== 'object' || clicked === null || !('progression' in clicked)) return undefined
    return progressions.find(progression => progression === clicked.progression || progression.id === clicked.progression)
  }

  async #pick(progressions: readonly ProgressionView[]): Promise<ProgressionView | undefined> {
    const editing = window.activeTextEditor?.document.uri.toString()
    const here = progressions.filter(({uri}) => uri === editing)
    const choices = here.length > 0 ? here : progressions
    if (choices.length === 1) return choices[0]
    const items = choices.map(progression => ({label: progression.name, description: decodeURIComponent(progression.uri), progression}))
    return (await window.showQuickPick(items, {title: 'Open Flowchart', placeHolder: 'The progression to draw'}))?.progression
  }
}
