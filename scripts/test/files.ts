import {existsSync, globSync, readFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'

/** Test files of the project that node:test runs, as paths from its root; with words, those whose path holds one of them. */
export function testFiles(root: string, words: readonly string[]): readonly string[] {
  const all = globSync('test/**/*.test.ts', {cwd: root})
    .map(file => file.replaceAll('\\', '/'))
    .sort()
  return words.length === 0 ? all : all.filter(file => words.some(word => file.includes(word.replace(/^\.\//, ''))))
}

/** Whether a file imports another, directly or through others; types count too. */
export function reaches(root: string, file: string, target: string, seen = new Set<string>()): boolean {
  if (file === target) return true
  if (seen.has(file)) return false
  seen.add(file)
  const path = join(root, file)
  // What looks like an import may stand in a text.
  if (!existsSync(path)) return false
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/from '(\.{1,2}\/[^']+\.ts)'/g)].some(([, to = '']) => {
    const next = relative(root, join(root, dirname(file), to)).replaceAll('\\', '/')
    return reaches(root, next, target, seen)
  })
}
