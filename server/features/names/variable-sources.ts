import type {Document} from '../../document/document.ts'
import {type Node, pairOf, valueAt} from '../../document/node.ts'
import type {Place} from '../../model/place.ts'

/** The places a variable takes its value from: in the environment or gate around an offset, else in every one that could be meant. */
export function variableSources(document: Document, root: Node | undefined, name: string, offset: number): readonly Place[] {
  const environments = itemsOf(pairOf(root, 'environments')?.value)
  const own = environments.filter(item => isAround(document, item, offset))
  const meant = own.length > 0 ? own : environments
  const defaults = pairOf(root, 'defaults')?.value
  switch (name) {
    case 'environment':
      return meant.flatMap(item => placeOf(item, 'name'))
    case 'target':
      return meant.flatMap(item => {
        const targets = itemsOf(pairOf(item, 'targets')?.value).flatMap(target => placeOf(target, 'name'))
        return targets.length > 0 ? targets : placeOf(item, 'name')
      })
    case 'namespace':
    case 'cluster': {
      const said = meant.flatMap(item => [item, ...itemsOf(pairOf(item, 'targets')?.value)].flatMap(one => placeOf(one, name)))
      return said.length > 0 ? said : placeOf(defaults, name)
    }
    case 'image':
      return itemsOf(pairOf(root, 'images')?.value).map(({at}) => at)
    case 'window': {
      const gates = pairOf(root, 'gates')?.value
      const pairs = gates?.kind === 'mapping' ? gates.pairs : []
      const gate = pairs.find(({key, value}) => isAround(document, key, offset) || isAround(document, value, offset))
      return gate ? placeOf(valueAt(gates, gate.key.source), 'window') : []
    }
    default:
      return []
  }
}

const itemsOf = (node: Node | undefined): readonly Node[] => (node?.kind === 'sequence' ? node.items : [])

function placeOf(node: Node | undefined, key: string): readonly Place[] {
  const value = pairOf(node, key)?.value
  return value?.kind === 'scalar' ? [value.at] : []
}

/** Whether a node, with all that stands in it, is around an offset. */
function isAround(document: Document, node: Node, offset: number): boolean {
  const start = document.offset(node.at)
  return start !== undefined && start <= offset && offset <= start + node.at.end - node.at.start
}
