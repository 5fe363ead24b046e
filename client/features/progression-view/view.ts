import {type TreeView, window} from 'vscode'
import type {Live} from '../../../server/protocol.ts'
import {Disposable} from '../../infrastructure/disposable.ts'
import type {GraphStore} from '../../infrastructure/graph-store.ts'
import type {Element} from './items.ts'
import {ProgressionProvider} from './provider.ts'

/** The sidebar. Opening it is the wish to see what runs where, so it asks the clusters that the progression names. */
export class ProgressionView extends Disposable {
  readonly #store: GraphStore
  readonly #view: TreeView<Element>

  constructor(store: GraphStore) {
    super()
    this.#store = store
    const treeDataProvider = this.register(new ProgressionProvider(store))
    this.#view = this.register(window.createTreeView('progression.environments', {treeDataProvider, showCollapseAll: true}))
    this.register(store.onChanged(() => this.#show()))
    this.register(this.#view.onDidChangeVisibility(() => this.#show()))
    this.#show()
  }

  #show(): void {
    const {progressions} = this.#store
    const [only] = progressions
    this.#view.description = progressions.length === 1 ? only?.name : undefined
    this.#view.message = progressions.map(({live, name}) => liveWords(live, progressions.length > 1 ? `${name}: ` : '')).find(text => text !== undefined)
    if (this.#view.visible && progressions.length > 0) void this.#store.askClusters()
  }
}

/** What a person should know about how fresh the view is, or nothing while all is well. */
export function liveWords(live: Live, prefix = ''): string | undefined {
  if (live.state === 'asking') return `${prefix}Asking the clusters…`
  if (live.state !== 'unreachable') return undefined
  const since = live.asOf === undefined ? '' : ` Shown as of ${new Date(live.asOf).toLocaleTimeString()}.`
  return `${prefix}${live.message}${since}`
}
