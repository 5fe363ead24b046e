import type {Uri} from '../model/files.ts'
import {Document} from './document.ts'
import {Lines} from './lines.ts'
import type {Section} from './section.ts'

/** A text that is no YAML, such as a script, as a document of one block: places in it are found like any others. */
export function plainDocument(uri: Uri, text: string): Document {
  const at = {document: uri, block: 1, start: 0, end: 0}
  const parsed = {node: undefined, problems: [], hasAliases: false, unclosed: false, comments: []}
  const blocks = [{block: {id: at.block, kind: 'whole' as const, text, parsed}, offset: 0}]
  const section: Section = {length: text.length, blocks, root: undefined, at, problems: [], hasAliases: false}
  return new Document(uri, 0, text, new Lines(text), [{section, offset: 0}], {next: 2})
}
