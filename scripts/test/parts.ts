import {availableParallelism} from 'node:os'
import {sharedCluster} from './cluster.ts'
import {reaches, testFiles} from './files.ts'
import {type Part, program} from './part.ts'
import {runSuite} from './suite.ts'

/**
 * What `npm test` does, in its order. With words: the parts they name and the test files whose path holds one of them, after
 * what those cannot do without.
 * @param shared is disposed of at the end; what parts share lives in it
 */
export function parts(root: string, words: readonly string[], shared: AsyncDisposableStack): readonly Part[] {
  const files = testFiles(root, words)
  const inEditor = files.filter(file => file.startsWith('test/vscode/'))
  const others = files.filter(file => !inEditor.includes(file))
  const onCluster = files.some(file => reaches(root, file, 'test/cluster/shared.ts'))
  const all: readonly Part[] = [
    program('generate', 'Types and validator', 'scripts/generate.ts', [], {vital: true}),
    program('lint', 'Lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']),
    program('types', 'Types', 'node_modules/typescript/bin/tsc', []),
    program('build', 'Build', 'scripts/build.ts', []),
    ...(onCluster ? [sharedCluster(shared)] : []),
    ...suites('tests', others, root, availableParallelism()),
    // An editor, a browser and a cluster are enough at a time.
    ...suites('editor', inEditor, root, 1),
    program('package', 'Package of the extension', 'scripts/package.ts', []),
    program('demo', 'Demo', 'scripts/demo/main.ts', ['--once'], {needs: ['go']}),
  ]
  if (words.length === 0) return all
  const filled = new Set(['build', 'cluster', 'tests', 'editor'])
  return all.filter(part => part.vital || filled.has(part.name) || words.includes(part.name))
}

function suites(name: string, files: readonly string[], root: string, concurrency: number): readonly Part[] {
  if (files.length === 0) return []
  const title = `${files.length} test ${files.length === 1 ? 'file' : 'files'}${name === 'editor' ? ' in VS Code' : ''}`
  return [{name, title, run: ({task, signal}) => runSuite({root, files, concurrency, task, signal})}]
}
