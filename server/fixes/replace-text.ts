import {defineFix} from './fix.ts'

/** Puts YAML in place of everything that stands at a place, quotes included. */
export const replaceText = defineFix<'text' | 'title'>({
  id: 'replace-text',
  title: ({title}) => title,
  edits({document, at, arguments: {text}}) {
    const start = document.offset(at)
    return start === undefined ? undefined : [{document: document.uri, start, end: start + at.end - at.start, text}]
  },
})
