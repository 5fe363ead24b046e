import {defineFix} from './fix.ts'

/** Puts the word that was meant where a misspelled one stands; quotes around it stay. */
export const replaceWord = defineFix<'word'>({
  id: 'replace-word',
  title: ({word}) => `Change to ${word}`,
  edits({document, at, arguments: {word}}) {
    const start = document.offset(at)
    if (start === undefined) return undefined
    const written = document.textOf(at)
    const quote = /^(['"]).*\1$/s.test(written) ? written.slice(0, 1) : ''
    return [{document: document.uri, start, end: start + written.length, text: `${quote}${word}${quote}`}]
  },
})
