import {availableParallelism} from 'node:os'
import {sharedCluster} from './cluster.ts'
import {renderEngine} from './engine.ts'
import {reaches, testFiles} from './files.ts'
import {type Part, program} from './part.ts'
import {runSuite} from './suite.ts'
import {skipped, sum, type Tally} from './tally.ts'

/**
 * What `npm test` does, in its order. With words: the parts they name and the test files whose path holds one of them, after
 * what those cannot do without.
 * @param shared is disposed of at the end; what parts share lives in it
 */
export function parts(root: string, words: readonly string[], shared: AsyncDisposableStack): readonly Part[] {
  const files = testFiles(root, words)
  const inEditor = files.filter(file => file.startsWith('test/vscode/'))
  const others = files.filter(file => !inEditor.includes(file))
  const lacking = new Map<string, string>()
  const onCluster = files.some(file => reaches(root, file, 'test/cluster/shared.ts'))
  const all: readonly Part[] = [
    program('generate', 'Types and validator', 'scripts/generate.ts', [], {vital: true}),
    program('lint', 'Lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']),
    program('types', 'Types', 'node_modules/typescript/bin/tsc', []),
    program('build', 'Bundles', 'scripts/build.ts', ['extension', 'webview', 'programs']),
    renderEngine(lacking),
    ...(onCluster ? [sharedCluster(shared)] : []),
    ...suites('tests', others, root, availableParallelism(), lacking),
    // An editor, a browser and a cluster are enough at a time.
    ...suites('editor', inEditor, root, 1, lacking),
    program('package', 'Package of the extension', 'scripts/package.ts', []),
    program('demo', 'Demo', 'scripts/demo/main.ts', ['--once'], {needs: ['go']}),
  ]
  if (words.length === 0) return all
  const filled = new Set(['build', 'engine', 'cluster', 'tests', 'editor'])
  return all.filter(part => part.vital || filled.has(part.name) || words.includes(part.name))
}

function suites(name: string, files: readonly string[], root: string, concurrency: number, lacking: ReadonlyMap<string, string>): readonly Part[] {
  if (files.length === 0) return []
  const title = `${files.length} test ${files.length === 1 ? 'file' : 'files'}${name === 'editor' ? ' in VS Code' : ''}`
  const reason = (file: string) => [...lacking].find(([needed]) => reaches(root, file, needed))?.[1]
  return [
    {
      name,
      title,
      async run({task, signal}) {
        const without = files.flatMap(file => skippedFile(file, reason(file)))
        const ran = await runSuite({root, files: files.filter(file => reason(file) === undefined), concurrency, task, signal})
        return sum([ran, ...without])
      },
    },
  ]
}

const skippedFile = (file: string, why: string | undefined): readonly Tally[] => (why === undefined ? [] : [skipped(file, why)])
