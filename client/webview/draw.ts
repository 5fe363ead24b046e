import mermaid from 'mermaid'

/** Colours that mermaid computes others from, so it needs them as values; all that is ours is coloured by the stylesheet. */
function themeColours(): Readonly<Record<string, string | boolean>> {
  const style = getComputedStyle(document.body)
  const colour = (name: string, otherwise: string) => style.getPropertyValue(`--vscode-${name}`).trim() || otherwise
  const darkMode = !document.body.classList.contains('vscode-light') && !document.body.classList.contains('vscode-high-contrast-light')
  const background = colour('editor-background', darkMode ? '#1e1e1e' : '#ffffff')
  const text = colour('editor-foreground', darkMode ? '#cccccc' : '#333333')
  return {
    darkMode,
    background,
    primaryColor: background,
    mainBkg: background,
    primaryTextColor: text,
    textColor: text,
    lineColor: text,
    primaryBorderColor: text,
    edgeLabelBackground: background,
    fontFamily: style.getPropertyValue('--vscode-font-family') || 'sans-serif',
    fontSize: '14px',
  }
}

/** A mermaid flowchart as an SVG that is not in the page yet. Rejects with mermaid's message when the text is none. */
export async function draw(text: string, id: string): Promise<SVGSVGElement> {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    layout: 'dagre',
    look: 'classic',
    theme: 'base',
    htmlLabels: false,
    suppressErrorRendering: true,
    deterministicIds: true,
    fontFamily: getComputedStyle(document.body).getPropertyValue('--vscode-font-family') || 'sans-serif',
    themeVariables: themeColours(),
    flowchart: {
      htmlLabels: false,
      curve: 'basis',
      nodeSpacing: 20,
      rankSpacing: 24,
      padding: 10,
      wrappingWidth: 150,
      subGraphTitleMargin: {top: 8, bottom: 8},
      useMaxWidth: false,
    },
  })
  const {svg} = await mermaid.render(id, text)
  const holder = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement
  if (!(holder instanceof SVGSVGElement)) throw new Error('mermaid drew no SVG')
  return document.importNode(holder, true)
}

/** Elements of the drawing by the identifier of their node in the text. mermaid names a node `<id>-flowchart-<node>-<n>` and a subgraph `<id>-<node>`. */
export function drawnNodes(svg: SVGSVGElement, id: string): ReadonlyMap<string, SVGGElement> {
  const found = new Map<string, SVGGElement>()
  for (const element of svg.querySelectorAll<SVGGElement>('g.node, g.cluster')) {
    const rest = element.id.startsWith(`${id}-`) ? element.id.slice(id.length + 1) : element.id
    const node = /^flowchart-(.+)-\d+$/.exec(rest)?.[1] ?? rest
    found.set(node, element)
  }
  return found
}
