import {type WebviewPanel, type WebviewPanelSerializer, window} from 'vscode'
import {Disposable} from '../../infrastructure/disposable.ts'
import {readState} from './messages.ts'
import {createPanel, FlowchartPanel, type FlowchartParts, flowchartType} from './panel.ts'

/** The open flowcharts, at most one a progression; brings them back after a reload of the window. */
export class Flowcharts extends Disposable implements WebviewPanelSerializer {
  readonly #parts: FlowchartParts
  readonly #panels = new Map<string, FlowchartPanel>()

  constructor(parts: FlowchartParts) {
    super()
    this.#parts = parts
    this.register(window.registerWebviewPanelSerializer(flowchartType, this))
  }

  show(progression: string): void {
    const open = this.#panels.get(progression)
    if (open === undefined) this.#fill(createPanel(this.#parts.extension), progression)
    else open.reveal()
  }

  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const progression = readState(state)?.progression
    if (progression === undefined) panel.dispose()
    else this.#fill(panel, progression)
  }

  #fill(panel: WebviewPanel, progression: string): void {
    const filled = new FlowchartPanel(panel, progression, this.#parts)
    this.#panels.set(progression, filled)
    panel.onDidDispose(() => {
      filled.dispose()
      if (this.#panels.get(progression) === filled) this.#panels.delete(progression)
    })
  }
}
