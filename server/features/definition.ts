import type {DefinitionParams, Location} from 'vscode-languageserver-protocol'
import {defineFeature} from './feature.ts'
import {namedAt, usesIn} from './names/named.ts'
import {chainAround} from './names/scope.ts'
import {type Unit, unitAt} from './names/unit.ts'
import {variableSources} from './names/variable-sources.ts'

/** Where a name was given: an environment's entry, a gate, a cluster or an anchor; of a variable, what fills it. Also in the files this one extends. */
export const definition = defineFeature({
  method: 'textDocument/definition',
  capability: {definitionProvider: true},
  async provide({document, schema, around}, {position}: DefinitionParams, signal): Promise<Location[] | null> {
    const offset = document.lines.offset(position)
    const unit = unitAt(document, offset)
    const named = unit && namedAt(unit, offset, schema)
    if (!unit || !named) return null
    const chain = named.type === 'anchor' ? [unit] : await chainAround(unit, around, signal)
    const places = (one: Unit) =>
      named.type === 'variable'
        ? variableSources(one.document, one.section.root, named.name, one === unit ? offset : -1)
        : usesIn(one, named, schema).flatMap(({at, defines}) => (defines ? at : []))
    return chain.flatMap(one =>
      places(one).flatMap(at => {
        const range = one.document.range(at)
        return range ? {uri: around.spelling(one.document.uri), range} : []
      }),
    )
  },
})
