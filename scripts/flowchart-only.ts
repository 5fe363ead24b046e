import type {Plugin} from 'esbuild'

/** Parts of mermaid that a flowchart laid out by dagre needs; every other diagram, layout and KaTeX is loaded on demand and never demanded. */
const needed = /\/(flowDiagram|dagre)-\w+\.mjs$/

/** Leaves out what mermaid would load for other diagrams: one file of 0.9 MB instead of 5. Asking for a left-out part fails by name. */
export const flowchartOnly: Plugin = {
  name: 'flowchart-only',
  setup(build) {
    build.onResolve({filter: /./}, request => {
      const fromMermaid = /\/node_modules\/mermaid\//.test(request.importer)
      if (request.kind !== 'dynamic-import' || !fromMermaid || needed.test(request.path)) return undefined
      return {path: request.path, namespace: 'left-out'}
    })
    build.onLoad({filter: /./, namespace: 'left-out'}, ({path}) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is not part of this build`)})`,
    }))
  },
}
