import type {Flowchart, FlowchartNode} from '../features/flowchart/messages.ts'
import {draw, drawnNodes} from './draw.ts'
import {fit, type Size, type Viewport} from './viewport.ts'

export type FlowchartViewParts = {
  readonly canvas: HTMLElement
  readonly drawing: HTMLElement
  readonly onOpen: (node: string) => void
  readonly onMoved: (viewport: Viewport) => void
}

/** The drawing on the page. A new one takes the place of the old only when it is ready; place, size and focus stay. */
export class FlowchartView {
  readonly #parts: FlowchartViewParts
  #flowchart: Flowchart | undefined
  #drawn = 0
  #size: Size = {width: 1, height: 1}
  #viewport: Viewport | undefined

  constructor(parts: FlowchartViewParts, viewport: Viewport | undefined) {
    this.#parts = parts
    this.#viewport = viewport
  }

  get viewport(): Viewport {
    return this.#viewport ?? {x: 0, y: 0, zoom: 1}
  }

  move(viewport: Viewport): void {
    this.#viewport = viewport
    const {x, y, zoom} = viewport
    this.#parts.drawing.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`
    this.#parts.onMoved(viewport)
  }

  fit(): void {
    const {clientWidth: width, clientHeight: height} = this.#parts.canvas
    this.move(fit(this.#size, {width, height}))
  }

  async show(flowchart: Flowchart): Promise<void> {
    this.#flowchart = flowchart
    this.#drawn += 1
    const turn = this.#drawn
    const id = `flowchart${turn}`
    const start = performance.now()
    const svg = await draw(flowchart.mermaid, id)
    // Something newer was asked for while this one was drawn.
    if (turn !== this.#drawn) return
    const focused = document.activeElement?.getAttribute('data-node')
    this.#prepare(svg, id, flowchart)
    this.#parts.drawing.replaceChildren(svg)
    if (focused) this.#parts.drawing.querySelector<SVGGElement>(`[data-node="${CSS.escape(focused)}"]`)?.focus()
    if (this.#viewport === undefined) this.fit()
    else this.move(this.#viewport)
    // For the page's own timeline; the budget is 400 ms for the first and 100 ms for the next ones.
    performance.measure('flowchart', {start})
  }

  /** Draws the same again, in the colours of a new theme. */
  async redraw(): Promise<void> {
    if (this.#flowchart !== undefined) await this.show(this.#flowchart)
  }

  #prepare(svg: SVGSVGElement, id: string, flowchart: Flowchart): void {
    const {width, height} = svg.viewBox.baseVal
    this.#size = {width, height}
    svg.setAttribute('width', String(width))
    svg.setAttribute('height', String(height))
    svg.style.maxWidth = ''
    svg.setAttribute('role', 'group')
    svg.setAttribute('aria-roledescription', 'flowchart')
    svg.setAttribute('aria-label', `Flowchart of ${flowchart.name}`)
    const elements = drawnNodes(svg, id)
    for (const node of flowchart.nodes) {
      const element = elements.get(node.drawnAs)
      if (element !== undefined) this.#bind(element, node, flowchart)
    }
  }

  #bind(element: SVGGElement, node: FlowchartNode, {progression}: Flowchart): void {
    element.setAttribute('data-node', node.id)
    element.setAttribute('aria-label', node.spoken)
    element.classList.add(node.kind, node.tone)
    const title = document.createElementNS('http://www.w3.org/2000/svg', 'title')
    title.textContent = node.spoken
    element.prepend(title)
    const {canPromote, canRollback} = node
    // VS Code reads this when the menu is opened: which entries, and about what.
    element.setAttribute('data-vscode-context', JSON.stringify({webviewSection: node.kind, progression, node: node.id, canPromote, canRollback}))
    if (!node.canOpen) return
    element.setAttribute('tabindex', '0')
    element.setAttribute('role', 'button')
    element.classList.add('opens')
    element.addEventListener('click', () => this.#parts.onOpen(node.id))
    element.addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      this.#parts.onOpen(node.id)
    })
  }
}
