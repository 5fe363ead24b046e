import './flowchart.css'
import {readState, readToWebview} from '../features/flowchart/messages.ts'
import {FlowchartView} from './flowchart-view.ts'
import {listen} from './gestures.ts'
import type {Viewport} from './viewport.ts'
import './vscode-api.ts'

const vscode = acquireVsCodeApi()
const saved = readState(vscode.getState())
let progression = saved?.progression

function byId(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`The page has no ${id}`)
  return element
}

const notice = byId('notice')
const canvas = byId('canvas')

function say(text: string | undefined): void {
  notice.textContent = text ?? ''
  notice.hidden = text === undefined
}

function keep({x, y, zoom}: Viewport): void {
  if (progression !== undefined) vscode.setState({progression, x, y, zoom})
}

function savedViewport(): Viewport | undefined {
  const {x, y, zoom} = saved ?? {}
  return x === undefined || y === undefined || zoom === undefined ? undefined : {x, y, zoom}
}

const view = new FlowchartView({canvas, drawing: byId('drawing'), onOpen: node => vscode.postMessage({type: 'open', node}), onMoved: keep}, savedViewport())

function drawing(work: Promise<void>): void {
  work.catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    say('This progression cannot be drawn. The log says why.')
    vscode.postMessage({type: 'failed', message})
  })
}

window.addEventListener('message', event => {
  const message = readToWebview(event.data)
  if (message?.type === 'missing') say(message.text)
  if (message?.type !== 'show') return
  progression = message.flowchart.progression
  say(message.flowchart.notice)
  drawing(view.show(message.flowchart))
})

// VS Code changes the class of the body with the theme.
new MutationObserver(() => drawing(view.redraw())).observe(document.body, {attributes: true, attributeFilter: ['class']})

listen(canvas, {get: () => view.viewport, set: viewport => view.move(viewport), fit: () => view.fit()})
vscode.postMessage({type: 'ready'})
