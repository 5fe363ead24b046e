import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

/** Where the workers and the render engine lie: beside the bundle, or, run from its sources, in `dist/` and beside the source. */
export type Locations = {readonly renderWorker: URL; readonly clusterWorker: URL; readonly engine: URL | undefined}

/** `entry` is the `import.meta.url` of the program. The engine is undefined where it was not built. */
export function locations(entry: string): Locations {
  const isSource = entry.endsWith('.ts')
  const here = (name: string) => new URL(name, entry)
  const engine = here(isSource ? '../dist/render-engine.wasm.br' : 'render-engine.wasm.br')
  return {
    renderWorker: here(isSource ? 'render/worker.ts' : 'render-worker.mjs'),
    clusterWorker: here(isSource ? 'cluster/worker.ts' : 'cluster-worker.mjs'),
    engine: existsSync(fileURLToPath(engine)) ? engine : undefined,
  }
}
