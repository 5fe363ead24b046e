import type {DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams} from 'vscode-languageserver-protocol'
import {defineFeature} from './feature.ts'
import {namedAt, usesIn} from './names/named.ts'
import {unitAt} from './names/unit.ts'

/** Numbers of the protocol, because this folder takes only types from it. */
const kinds = {read: 2, write: 3} as const satisfies Record<string, DocumentHighlightKind>

/** The other places of the document that name the same thing; not every word that looks like it. */
export const documentHighlight = defineFeature({
  method: 'textDocument/documentHighlight',
  capability: {documentHighlightProvider: true},
  provide({document, schema}, {position}: DocumentHighlightParams): DocumentHighlight[] | null {
    const offset = document.lines.offset(position)
    const unit = unitAt(document, offset)
    const named = unit && namedAt(unit, offset, schema)
    if (!unit || !named) return null
    return usesIn(unit, named, schema).flatMap(({at, defines}) => {
      const range = document.range(at)
      return range ? {range, kind: defines ? kinds.write : kinds.read} : []
    })
  },
})
