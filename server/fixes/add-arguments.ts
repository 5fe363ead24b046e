import {environmentNamed} from '../model/progression.ts'
import {defineFix} from './fix.ts'

/** Puts arguments at the end of the command of a step; `words` are YAML scalars with blanks between. */
export const addArguments = defineFix<'environment' | 'step' | 'words'>({
  id: 'add-arguments',
  title: ({words}) => `Add ${words.replaceAll("'", '')}`,
  edits({document, progression, arguments: {environment, step: kind, words}}) {
    const command = environmentNamed(progression, environment)?.steps.items.find(step => step.kind === kind)?.command
    const last = command?.state === 'known' && command.value.kind === 'arguments' ? command.value.words.items.at(-1)?.at : undefined
    if (last?.document !== document.uri) return undefined
    const start = document.offset(last)
    if (start === undefined) return undefined
    const end = start + last.end - last.start
    const before = document.text.slice(Math.max(document.text.lastIndexOf('\n', start - 1), document.text.lastIndexOf('\r', start - 1)) + 1, start)
    const newline = /\r\n|\r|\n/.exec(document.text)?.[0] ?? '\n'
    const isBlock = /^\s*-\s+$/.test(before)
    const text = words
      .split(' ')
      .map(word => (isBlock ? `${newline}${before}${word}` : `, ${word}`))
      .join('')
    return [{document: document.uri, start: end, end, text}]
  },
})
