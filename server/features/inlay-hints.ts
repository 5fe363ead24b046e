import type {InlayHint, InlayHintLabelPart, InlayHintParams} from 'vscode-languageserver-protocol'
import {type Node, type Pair, pairOf} from '../document/node.ts'
import type {Environment} from '../model/progression.ts'
import {defineFeature, type FeatureRequest} from './feature.ts'
import {flowOf} from './flow-text.ts'
import {covers} from './names/named.ts'

/** In this order; what an environment mostly says of itself, such as its namespace, comes first. */
const shown = ['cluster', 'namespace', 'approval', 'smoke', 'load', 'gates', 'soak', 'watch', 'rollback'] as const

/** Behind the name of each environment what it has from `defaults` or the base file, each a way to where it is written. */
export const inlayHints = defineFeature({
  method: 'textDocument/inlayHint',
  capability: {inlayHintProvider: true},
  provide(request, {range}: InlayHintParams): InlayHint[] {
    const {document, merged} = request
    const [from, until] = [document.lines.offset(range.start), document.lines.offset(range.end)]
    return merged.flatMap(({progression, environments}) =>
      progression.environments.items.flatMap((environment, index) => {
        const at = environment.at.document === document.uri ? document.offset(environment.at) : undefined
        const end = (at ?? 0) + environment.at.end - environment.at.start
        const tree = environments[index]?.merged
        if (at === undefined || at < from || end > until || !tree) return []
        const parts = shown.flatMap((key): readonly InlayHintLabelPart[] => partOf(request, environment, pairOf(tree, key)))
        if (parts.length === 0) return []
        const label = parts.flatMap((part, position) => (position === 0 ? part : [{value: ' · '}, part]))
        return [{position: document.lines.position(end), label: [...label, {value: ' (defaults)'}], paddingLeft: true}]
      }),
    )
  },
})

function partOf({document, documentOf, around}: FeatureRequest, environment: Environment, pair: Pair | undefined): readonly InlayHintLabelPart[] {
  if (!pair || (pair.value.kind === 'scalar' && pair.value.value === null)) return []
  const {at} = pair.key
  const source = documentOf(at.document)
  const start = source?.offset(at)
  if (!source || start === undefined || (source === document && covers(document, environment.extent, start))) return []
  const range = source.range(at)
  return range ? [{value: inWords(pair), location: {uri: around.spelling(source.uri), range}, tooltip: flowOf(pair.value)}] : []
}

/** A value in as few words as tell it from another. */
function inWords({key, value}: Pair): string {
  const name = key.source
  const plain = (node: Node | undefined): string | undefined => (node?.kind === 'scalar' ? node.source : undefined)
  if (name === 'rollback') {
    const within = plain(pairOf(value, 'within')?.value)
    return within ? `rollback within ${within}` : 'rollback'
  }
  if (name === 'gates' && value.kind === 'sequence') {
    const names = value.items.flatMap(item => (item.kind === 'mapping' ? (item.pairs[0]?.key.source ?? []) : (plain(item) ?? [])))
    return `gates: ${names.join(', ')}`
  }
  const said = plain(value)
  return said === undefined ? name : `${name}: ${said}`
}
