import type {Location, ReferenceParams} from 'vscode-languageserver-protocol'
import {defineFeature} from './feature.ts'
import {namedAt, usesIn} from './names/named.ts'
import {scopeOf} from './names/scope.ts'
import {unitAt} from './names/unit.ts'

/** Where an environment, gate, cluster, flag, variable or anchor is named, in every file that builds on the same base. */
export const references = defineFeature({
  method: 'textDocument/references',
  capability: {referencesProvider: true},
  async provide({document, schema, around}, {position, context}: ReferenceParams, signal): Promise<Location[] | null> {
    const offset = document.lines.offset(position)
    const unit = unitAt(document, offset)
    const named = unit && namedAt(unit, offset, schema)
    if (!unit || !named) return null
    const units = await scopeOf(unit, named, schema, around, signal)
    return units.flatMap(one =>
      usesIn(one, named, schema).flatMap(({at, defines}) => {
        const range = defines && !context.includeDeclaration ? undefined : one.document.range(at)
        return range ? {uri: around.spelling(one.document.uri), range} : []
      }),
    )
  },
})
