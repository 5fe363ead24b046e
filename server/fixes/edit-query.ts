import {defineFix} from './fix.ts'

/**
 * Changes a part of a query. `from` and `to` count from the start of the finding's place, in the text as it is written; `text` is
 * PromQL on one line and is spelled as the quotes around it ask.
 */
export const editQuery = defineFix<'title' | 'text' | 'style' | 'from' | 'to'>({
  id: 'edit-query',
  title: ({title}) => title,
  edits({document, at, arguments: {text, style, from, to}}) {
    const base = document.offset(at)
    if (base === undefined) return undefined
    const [start, end] = [base + Number(from), base + Number(to)]
    return [{document: document.uri, start, end, text: spelled(text, style)}]
  },
})

const spelled = (text: string, style: string): string =>
  style === 'single' ? text.replaceAll("'", "''") : style === 'double' ? text.replace(/[\\"]/g, '\\$&') : text
