import {availableParallelism} from 'node:os'
import {testFiles} from './files.ts'
import {type Part, program} from './part.ts'
import {runSuite} from './suite.ts'

/** What `npm test` does, in its order; with words, the parts and the files they choose, after what those cannot do without. */
export function parts(root: string, words: readonly string[], _shared: AsyncDisposableStack): readonly Part[] {
  const files = testFiles(root, words)
  const all: readonly Part[] = [
    program('generate', 'Generating types and validator', 'scripts/generate.ts', [], {vital: true}),
    program('lint', 'Linting', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']),
    program('types', 'Checking types', 'node_modules/typescript/bin/tsc', []),
    program('build', 'Building', 'scripts/build.ts', [], {vital: true}),
    suite(root, files),
    program('package', 'Packaging the extension', 'scripts/package.ts', []),
  ]
  if (words.length === 0) return all
  return all.filter(part => part.vital || words.includes(part.name) || (part.name === 'tests' && files.length > 0))
}

function suite(root: string, files: readonly string[]): Part {
  return {
    name: 'tests',
    title: `Running ${files.length} test files`,
    run: ({task, signal}) => runSuite({root, files, concurrency: availableParallelism(), task, signal}),
  }
}
