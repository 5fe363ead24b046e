import type {Document} from '../document/document.ts'
import {type Scalar, walk} from '../document/node.ts'
import type {Place} from '../model/place.ts'
import {defineFix} from './fix.ts'

/**
 * Changes a part of a query. `from` and `to` count from the start of the finding's place, in the text as it is written; `text` is
 * PromQL on one line and is spelled as the quotes around it ask. Between braces a query without quotes gets some where it needs them.
 */
export const editQuery = defineFix<'title' | 'text' | 'style' | 'from' | 'to'>({
  id: 'edit-query',
  title: ({title}) => title,
  edits({document, at, arguments: {text, style, from, to}}) {
    const base = document.offset(at)
    if (base === undefined) return undefined
    const [start, end] = [base + Number(from), base + Number(to)]
    const bare = style === 'plain' && /[[\]{},]/.test(text) ? bareInFlow(document, at) : undefined
    const offset = bare && document.offset(bare.at)
    if (bare && offset !== undefined) {
      const written = document.textOf(bare.at)
      const changed = written.slice(0, start - offset) + text + written.slice(end - offset)
      return [{document: document.uri, start: offset, end: offset + written.length, text: `'${spelled(changed, 'single')}'`}]
    }
    return [{document: document.uri, start, end, text: spelled(text, style)}]
  },
})

const spelled = (text: string, style: string): string =>
  style === 'single' ? text.replaceAll("'", "''") : style === 'double' ? text.replace(/[\\"]/g, '\\$&') : text

/** The scalar without quotes around a place, where it stands between braces or brackets. */
function bareInFlow(document: Document, {block: id, start, end}: Place): Scalar | undefined {
  for (const {section} of document.sections) {
    const node = section.blocks.find(({block}) => block.id === id)?.block.parsed.node
    for (const one of node ? walk(node) : []) {
      if (one.kind !== 'mapping' || !one.flow) continue
      const value = one.pairs.map(pair => pair.value).find(({kind, at}) => kind === 'scalar' && at.start <= start && end <= at.end)
      if (value?.kind === 'scalar' && value.style === 'plain') return value
    }
  }
  return undefined
}
