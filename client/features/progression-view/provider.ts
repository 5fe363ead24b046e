import {EventEmitter, type TreeDataProvider, type TreeItem} from 'vscode'
import {Disposable} from '../../infrastructure/disposable.ts'
import type {GraphStore} from '../../infrastructure/graph-store.ts'
import {type Element, type ElementPart, elementId, treeItem} from './items.ts'

/** Progressions, their environments and the steps of each; a single progression does without a level of its own. */
export class ProgressionProvider extends Disposable implements TreeDataProvider<Element> {
  readonly #store: GraphStore
  readonly #changed = this.register(new EventEmitter<Element | undefined>())
  /** What was shown last, by identifier, to tell which nodes a new graph touches. */
  #shown = new Map<string, string>()
  /** VS Code knows an element by the object itself, so the same thing is the same object for ever, with new content. */
  readonly #elements = new Map<string, Element>()

  readonly onDidChangeTreeData = this.#changed.event

  constructor(store: GraphStore) {
    super()
    this.#store = store
    this.register(store.onChanged(() => this.#refresh()))
  }

  getTreeItem(element: Element): TreeItem {
    return treeItem(element, this.#children(element).length > 0)
  }

  async getChildren(element?: Element): Promise<Element[]> {
    if (element === undefined && this.#store.progressions.length === 0) await this.#store.load()
    return [...this.#children(element)]
  }

  getParent(element: Element): Element | undefined {
    const several = this.#store.progressions.length > 1
    if (element.kind === 'progression') return undefined
    if (element.kind === 'environment') return several ? this.#element({kind: 'progression', progression: element.progression}) : undefined
    const node = element.progression.nodes.find(other => other.kind === 'environment' && other.environment === element.node.environment)
    return node === undefined ? undefined : this.#element({kind: 'environment', progression: element.progression, node})
  }

  #children(element: Element | undefined): readonly Element[] {
    return this.#parts(element).map(part => this.#element(part))
  }

  #parts(element: Element | undefined): readonly ElementPart[] {
    const {progressions} = this.#store
    const [only] = progressions
    if (element === undefined && progressions.length !== 1) return progressions.map(progression => ({kind: 'progression', progression}))
    const progression = this.#current(element?.progression.id ?? only?.id)
    if (progression === undefined || element?.kind === 'step') return []
    const kind = element?.kind === 'environment' ? 'step' : 'environment'
    const owner = element?.kind === 'environment' ? element.node.environment : undefined
    return progression.nodes.filter(node => node.kind === kind && (owner === undefined || node.environment === owner)).map(node => ({kind, progression, node}))
  }

  #element(part: ElementPart): Element {
    const id = elementId(part)
    const known = this.#elements.get(id)
    const element = known === undefined ? {...part} : Object.assign(known, part)
    this.#elements.set(id, element)
    return element
  }

  #current(id: string | undefined) {
    return this.#store.progressions.find(progression => progression.id === id)
  }

  /** Redraws what changed and nothing else: a tree that is drawn anew all the time cannot be clicked. */
  #refresh(): void {
    const before = this.#shown
    const now = new Map<string, string>()
    const changed: Element[] = []
    const visit = (element: Element): string => {
      const children = this.#children(element)
      const own = element.kind === 'progression' ? element.progression.name : JSON.stringify({...element.node, drawnAs: ''})
      const id = elementId(element)
      now.set(id, `${own}\n${children.map(visit).join()}`)
      if (before.has(id) && before.get(id) !== now.get(id)) changed.push(element)
      return id
    }
    const roots = this.#children(undefined).map(visit).join()
    now.set('', roots)
    this.#shown = now
    for (const id of this.#elements.keys()) if (!now.has(id)) this.#elements.delete(id)
    if (before.get('') !== roots) this.#changed.fire(undefined)
    else for (const element of changed) this.#changed.fire(element)
  }
}
