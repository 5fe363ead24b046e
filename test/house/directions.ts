const base = ['document', 'model']

/**
 * Which folder of `server/` may import which: only what stands to the left of it in the house plan.
 * `protocol` and `generated` count as folders. A folder that is not listed may import nothing.
 */
export const directions: Readonly<Record<string, readonly string[]>> = {
  model: [],
  protocol: [],
  document: ['model'],
  promql: ['model'],
  sources: [...base, 'generated'],
  render: base,
  estimate: base,
  fixes: base,
  scripts: base,
  rules: [...base, 'estimate', 'fixes', 'promql'],
  features: [...base, 'estimate', 'promql', 'generated'],
  graph: [...base, 'estimate', 'protocol'],
  checklist: [...base, 'rules'],
  report: [...base, 'checklist', 'rules'],
  workspace: base,
  git: base,
  scaffold: base,
  cluster: base,
  promotion: [...base, 'estimate', 'cluster'],
  engines: [...base, 'estimate', 'cluster', 'promotion'],
}

/** What stands on all of these: the files of `server/` itself, which make the service, and `lsp` and `cli`, which stand on them. */
export const tops: readonly string[] = ['lsp', 'cli']

/** Files that put the others together, and so may import any of them. */
export const roots: readonly string[] = ['server/main.ts', 'server/cli.ts', 'server/cluster/worker.ts', 'server/render/worker.ts']

/** Packages that belong to some folders only. `types` are imports that leave nothing behind. */
export const packages: readonly {readonly name: RegExp; readonly folders: RegExp; readonly types?: RegExp}[] = [
  {name: /^vscode$/, folders: /^client\//},
  {name: /^vscode-languageclient/, folders: /^client\//},
  {name: /^vscode-languageserver(\/|$)/, folders: /^server\/lsp\//},
  {name: /^vscode-languageserver-protocol/, folders: /^server\/lsp\//, types: /^server\/features\//},
  {name: /^@kubernetes\/client-node/, folders: /^server\/cluster\//},
]
