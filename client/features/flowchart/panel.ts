import {type LogOutputChannel, Uri, ViewColumn, type WebviewPanel, window} from 'vscode'
import {Disposable} from '../../infrastructure/disposable.ts'
import type {GraphStore} from '../../infrastructure/graph-store.ts'
import {showSource} from '../../infrastructure/show-source.ts'
import {flowchartOf} from './flowchart-of.ts'
import {flowchartHtml, webviewFolder} from './html.ts'
import {readFromWebview, type ToWebview} from './messages.ts'

export type FlowchartParts = {readonly extension: Uri; readonly store: GraphStore; readonly log: LogOutputChannel}

export const flowchartType = 'progression.flowchart'

/** An empty panel, to be filled by `FlowchartPanel`. */
export const createPanel = (extension: Uri): WebviewPanel =>
  window.createWebviewPanel(flowchartType, 'Flowchart', ViewColumn.Beside, {enableScripts: true, localResourceRoots: [webviewFolder(extension)]})

/** One progression as a flowchart. Follows the store; a click on a node goes to its source. */
export class FlowchartPanel extends Disposable {
  readonly #panel: WebviewPanel
  readonly #parts: FlowchartParts
  readonly progression: string
  #sent = ''

  constructor(panel: WebviewPanel, progression: string, parts: FlowchartParts) {
    super()
    this.#panel = panel
    this.#parts = parts
    this.progression = progression
    const icon = (theme: string) => Uri.joinPath(parts.extension, 'icons', `file-${theme}.svg`)
    panel.iconPath = {light: icon('light'), dark: icon('dark')}
    this.register(panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)))
    this.register(parts.store.onChanged(() => this.#show()))
    this.register(
      panel.onDidChangeViewState(() => {
        if (panel.visible) void parts.store.askClusters()
      }),
    )
    panel.webview.options = {enableScripts: true, localResourceRoots: [webviewFolder(parts.extension)]}
    panel.webview.html = flowchartHtml(panel.webview, parts.extension)
  }

  reveal(): void {
    this.#panel.reveal()
  }

  #receive(message: unknown): void {
    const received = readFromWebview(message)
    if (received?.type === 'ready') {
      this.#sent = ''
      void this.#load()
    } else if (received?.type === 'open') {
      const at = this.#current()?.nodes.find(node => node.id === received.node)?.at
      if (at !== undefined) void showSource(at, this.#panel.viewColumn)
    } else if (received?.type === 'failed') this.#parts.log.error(`Drawing ${this.progression}: ${received.message}`)
    else this.#parts.log.warn('The flowchart sent something it should not know.')
  }

  async #load(): Promise<void> {
    const {store, log} = this.#parts
    try {
      await store.load()
    } catch (error) {
      log.error('Reading the graph:', String(error))
      this.#post({type: 'missing', text: 'The language server does not answer. Run Progression: Restart Server.'})
      return
    }
    this.#show()
    void store.askClusters()
  }

  #current() {
    return this.#parts.store.progressions.find(({id}) => id === this.progression)
  }

  #show(): void {
    const progression = this.#current()
    if (progression === undefined) {
      this.#post({type: 'missing', text: 'This progression is no longer in the workspace.'})
      return
    }
    this.#panel.title = `Flowchart: ${progression.name}`
    this.#post({type: 'show', flowchart: flowchartOf(progression)})
  }

  #post(message: ToWebview): void {
    const text = JSON.stringify(message)
    if (text === this.#sent) return
    this.#sent = text
    void this.#panel.webview.postMessage(message)
  }
}
