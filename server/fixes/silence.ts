import type {Document} from '../document/document.ts'
import {walk} from '../document/node.ts'
import type {Finding, FixReference} from '../model/finding.ts'
import type {Place} from '../model/place.ts'
import {defineFix} from './fix.ts'
import {setLevel} from './set-level.ts'

/** Stands where the author has to say why; a comment with nothing else still counts as one without a reason. */
export const placeholder = 'reason'

/** Puts a comment above the line of a finding. */
export const silenceLine = defineFix<'code'>({
  id: 'silence-line',
  title: ({code}) => `Silence ${code} on this line`,
  edits({document, at, arguments: {code}}) {
    const offset = document.offset(at)
    if (offset === undefined || isInsideText(document, at)) return undefined
    const {text, lines, uri} = document
    const start = lines.start(lines.lineAt(offset))
    const indentation = /^[ \t]*/.exec(text.slice(start))?.[0] ?? ''
    // A mark at the beginning of the file belongs to its first character.
    const from = start === 0 && text.startsWith('\uFEFF') ? 1 : start
    return [{document: uri, start: from, end: from, text: `${indentation}# progression-ignore ${code} -- ${placeholder}${newlineOf(text)}`}]
  },
})

/** Puts a comment at the top of the file, behind the mark that begins its first document. */
export const silenceFile = defineFix<'code'>({
  id: 'silence-file',
  title: ({code}) => `Silence ${code} in this file`,
  edits({document: {text, uri}, arguments: {code}}) {
    const start = /^\uFEFF?(---[ \t]*\r?\n)?/.exec(text)?.[0].length ?? 0
    return [{document: uri, start, end: start, text: `# progression-ignore-file ${code} -- ${placeholder}${newlineOf(text)}`}]
  },
})

/** What can be done about a finding that is meant: silence it here or in the file, or speak of it more quietly. */
export function waysToSilence({code, level}: Pick<Finding, 'code' | 'level'>): readonly FixReference[] {
  // Comments that silence speak of the line below them, so they cannot be silenced themselves.
  if (/-suppression$/.test(code)) return [silenceFile.for({code}), setLevel.for({code, level: 'off'})]
  const quieter = level === 'error' || level === 'warning' ? [setLevel.for({code, level: 'hint'})] : []
  return [silenceLine.for({code}), silenceFile.for({code}), ...quieter, setLevel.for({code, level: 'off'})]
}

/** Whether a place lies in a later line of a text over several lines, where a comment would be part of the text. */
function isInsideText(document: Document, at: Place): boolean {
  for (const {section} of document.sections) {
    const node = section.blocks.find(({block}) => block.id === at.block)?.block.parsed.node
    for (const one of node ? walk(node) : []) {
      if (one.kind === 'scalar' && one.at.start < at.start && at.start < one.at.end) return /[\r\n]/.test(document.textOf({...one.at, end: at.start}))
    }
  }
  return false
}

const newlineOf = (text: string): string => /\r\n|\r|\n/.exec(text)?.[0] ?? '\n'
