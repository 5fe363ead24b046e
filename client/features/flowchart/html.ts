import {randomBytes} from 'node:crypto'
import {Uri, type Webview} from 'vscode'

/** Folder of what the webview may load, in the extension's folder. */
export const webviewFolder = (extension: Uri): Uri => Uri.joinPath(extension, 'dist', 'webview')

/**
 * The page of a flowchart. It holds nothing from files: those arrive as messages and are set as text.
 * Inline styles are allowed because mermaid writes them into its drawing; scripts run by nonce only.
 */
export function flowchartHtml(webview: Webview, extension: Uri): string {
  const nonce = randomBytes(16).toString('base64')
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(webviewFolder(extension), name)).toString()
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource} 'unsafe-inline'; font-src ${webview.cspSource}`
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('flowchart.css')}">
<title>Flowchart</title>
</head>
<body data-vscode-context='{"preventDefaultContextMenuItems": true}'>
<p id="notice" role="status" hidden></p>
<main id="canvas" tabindex="0" aria-label="Flowchart"><div id="drawing"></div></main>
<div id="tools" role="toolbar" aria-label="Zoom">
<button type="button" id="zoom-out" title="Zoom out (-)" aria-label="Zoom out">−</button>
<button type="button" id="fit" title="Show all (0)" aria-label="Show all">Fit</button>
<button type="button" id="zoom-in" title="Zoom in (+)" aria-label="Zoom in">+</button>
</div>
<script nonce="${nonce}" src="${file('flowchart.js')}"></script>
</body>
</html>`
}
