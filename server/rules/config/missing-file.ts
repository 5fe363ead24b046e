import {replaceWord} from '../../fixes/replace-word.ts'
import type {PathUse} from '../../model/path.ts'
import {defineRule} from '../rule.ts'
import {problems} from './problems.ts'

const nouns: Readonly<Record<PathUse['kind'], string>> = {
  file: 'file',
  program: 'file',
  folder: 'folder',
  overlay: 'folder',
  chart: 'chart',
  remote: 'file',
}

/** One finding a path as it is written, whatever it means in how many environments. */
export const missingFile = defineRule({
  title: 'File is missing',
  level: 'error',
  needs: 'workspace',
  check(progression, report, context) {
    problems('config/missing-file')(progression, report, context)
    const wrong = progression.paths.items.filter(path => mistake(path) !== undefined)
    for (const uses of Map.groupBy(wrong, ({at}) => `${at.document} ${at.block} ${at.start}`).values()) {
      const [first] = uses
      if (!first) continue
      const sentences = [...new Set(uses.map(mistake))]
      const suggestion = first.near !== undefined && first.written === first.path && sentences.length === 1 ? first.near : undefined
      report(first.at, sentences.slice(0, 3).join(' '), {fix: suggestion === undefined ? undefined : replaceWord.for({word: suggestion})})
    }
  },
})

function mistake({path, kind, existence, near, lacks}: PathUse): string | undefined {
  if (existence.state !== 'known') return undefined
  const needsFile = kind === 'file' || kind === 'program'
  if (existence.value === 'missing') return `There is no ${nouns[kind]} ${path}.${near === undefined ? '' : ` Did you mean ${near}?`}`
  if (lacks !== undefined) return `${path} has no ${lacks}, so it is no ${kind}.`
  if (needsFile && existence.value === 'folder') return `${path} is a folder, and a file is needed here.`
  if ((kind === 'overlay' || kind === 'folder') && existence.value === 'file') return `${path} is a file. Name the folder it lies in.`
  return undefined
}
