import type {FlowchartState, FromWebview} from '../features/flowchart/messages.ts'

/** What VS Code gives to the page of a webview, once a page. */
export type VsCodeApi = {postMessage(message: FromWebview): void; getState(): unknown; setState(state: FlowchartState): void}

declare global {
  function acquireVsCodeApi(): VsCodeApi
}
