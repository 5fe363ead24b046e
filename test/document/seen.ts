import type {Document} from '../../server/document/document.ts'
import type {Node} from '../../server/document/node.ts'
import type {Place} from '../../server/model/place.ts'

/** Everything a reader of a document can see, with offsets of the text instead of blocks: equal where two documents say the same. */
export function seen(document: Document): unknown {
  const at = (place: Place): string => {
    const start = document.offset(place)
    return start === undefined ? 'gone' : `${start}-${start + place.end - place.start}`
  }
  const tree = (node: Node | undefined): unknown => {
    switch (node?.kind) {
      case undefined:
        return undefined
      case 'mapping':
        return {at: at(node.at), open: node.open, anchor: node.anchor, flow: node.flow, pairs: node.pairs.map(({key, value}) => [tree(key), tree(value)])}
      case 'sequence':
        return {at: at(node.at), open: node.open, anchor: node.anchor, flow: node.flow, items: node.items.map(tree)}
      default:
        return {...(node as Node), at: at((node as Node).at)}
    }
  }
  return document.sections.map(({section, offset}) => ({
    offset,
    length: section.length,
    root: tree(section.root),
    at: at(section.at),
    hasAliases: section.hasAliases,
    problems: section.problems.map(({code, message, at: place, related = []}) => ({
      code,
      message,
      at: at(place),
      related: related.map(one => [one.message, at(one.at)]),
    })),
  }))
}

/** What a document says as plain values, aliases followed; for comparing with another reader of YAML. */
export function plainValues(document: Document): unknown[] {
  return document.sections.map(({section}) => {
    const anchors = new Map<string, unknown>()
    const value = (node: Node | undefined): unknown => {
      const found = read(node)
      if (node && 'anchor' in node && node.anchor !== undefined) anchors.set(node.anchor, found)
      return found
    }
    const read = (node: Node | undefined): unknown => {
      switch (node?.kind) {
        case 'mapping':
          return Object.fromEntries(node.pairs.map(({key, value: below}) => [String(key.value), value(below)]))
        case 'sequence':
          return node.items.map(value)
        case 'scalar':
          return node.value
        case 'alias':
          return anchors.get(node.name)
        case 'broken':
          throw new Error(`broken: ${node.why}`)
        default:
          return null
      }
    }
    return value(section.root)
  })
}
