import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import type {GrammarFiles} from './scripts/shell/grammar.ts'

/** Where the workers, the render engine and the grammar of shell scripts lie: beside the bundle, or, run from its sources, where they come from. */
export type Locations = {
  readonly renderWorker: URL
  readonly clusterWorker: URL
  readonly engine: URL | undefined
  readonly grammar: GrammarFiles
}

/** `entry` is the `import.meta.url` of the program. The engine is undefined where it was not built. */
export function locations(entry: string): Locations {
  const isSource = entry.endsWith('.ts')
  const here = (name: string) => new URL(name, entry)
  const engine = here(isSource ? '../dist/render-engine.wasm.br' : 'render-engine.wasm.br')
  return {
    renderWorker: here(isSource ? 'render/worker.ts' : 'render-worker.mjs'),
    clusterWorker: here(isSource ? 'cluster/worker.ts' : 'cluster-worker.mjs'),
    grammar: {
      parser: here(isSource ? '../node_modules/web-tree-sitter/web-tree-sitter.wasm' : 'tree-sitter.wasm'),
      bash: here(isSource ? '../node_modules/tree-sitter-bash/tree-sitter-bash.wasm' : 'tree-sitter-bash.wasm'),
    },
    engine: existsSync(fileURLToPath(engine)) ? engine : undefined,
  }
}
