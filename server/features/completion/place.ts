import type {Mapping} from '../../document/node.ts'
import {type Cursor, presentAt} from '../cursor/cursor.ts'
import type {Path} from '../cursor/frame.ts'
import type {FeatureRequest} from '../feature.ts'
import {chainOf, type Unit, unitOf} from '../names/unit.ts'

/** What candidates are chosen by: the request, where the cursor is, and the progression it is in. */
export type CompletionPlace = {
  readonly request: FeatureRequest
  readonly cursor: Cursor
  readonly offset: number
  /** The YAML document around the cursor and what it builds on, nearest first. */
  readonly chain: readonly Unit[]
}

export function placeAt(request: FeatureRequest, cursor: Cursor, offset: number): CompletionPlace {
  const unit = unitOf(request.document, cursor.section)
  return {request, cursor, offset, chain: unit ? chainOf(unit, uri => request.documentOf(uri)) : []}
}

/** Keys or plain items that stand beside the cursor already. */
export function presentNames({request: {document}, offset, chain}: CompletionPlace, path: Path): ReadonlySet<string> {
  const names = presentAt(document, offset, path).map(({text}) => text)
  // Entries of top-level maps and lists are read one by one; what is beside them stands in the tree.
  const root = chain[0]?.section.root
  const node =
    path.length === 0 ? root : path.length === 1 && root?.kind === 'mapping' ? root.pairs.findLast(({key}) => key.source === path[0])?.value : undefined
  const outside = ({at}: Mapping['pairs'][number]['key']): boolean => {
    const start = document.offset(at) ?? 0
    return !(start <= offset && offset <= start + at.end - at.start)
  }
  if (node?.kind === 'mapping') names.push(...node.pairs.flatMap(({key}) => (outside(key) ? key.source : [])))
  if (node?.kind === 'sequence') names.push(...node.items.flatMap(item => (item.kind === 'scalar' && outside(item) ? item.source : [])))
  return new Set(names)
}
