import type {Document} from '../../document/document.ts'
import {pairOf} from '../../document/node.ts'
import type {Section} from '../../document/section.ts'
import {folderOf, resolveUri} from '../../document/uri.ts'
import type {Uri} from '../../model/files.ts'

/** One YAML document of a file: what a progression is written in. */
export type Unit = {readonly document: Document; readonly section: Section; readonly index: number}

export function unitAt(document: Document, offset: number): Unit | undefined {
  const index = document.sections.findLastIndex(one => one.offset <= offset)
  return unitOf(document, index)
}

export function unitOf(document: Document, index: number): Unit | undefined {
  const found = document.sections[index]
  return found && {document, section: found.section, index}
}

/** The file that a YAML document builds on. */
export function baseOf({document, section}: Unit): Uri | undefined {
  const value = pairOf(section.root, 'extends')?.value
  return value?.kind === 'scalar' && typeof value.value === 'string' && value.value !== '' ? resolveUri(folderOf(document.uri), value.value) : undefined
}

/** A unit and what it builds on, nearest first. A circle ends where it began. */
export function chainOf(unit: Unit, documentOf: (uri: Uri) => Document | undefined): readonly Unit[] {
  const chain: Unit[] = [unit]
  const seen = new Set<Uri>([unit.document.uri])
  for (let uri = baseOf(unit); uri !== undefined && !seen.has(uri); ) {
    seen.add(uri)
    const document = documentOf(uri)
    const base = document && unitOf(document, 0)
    if (!base) break
    chain.push(base)
    uri = baseOf(base)
  }
  return chain
}
