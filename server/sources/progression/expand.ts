import type {Alias, Mapping, Node, Pair} from '../../document/node.ts'
import type {Section} from '../../document/section.ts'
import type {Problem} from '../../model/problem.ts'

/** More than this, counted after every alias was followed, is an alias bomb and not configuration. */
export const largestExpansion = 20_000

export type Expanded = {readonly root: Node | undefined; readonly problems: readonly Problem[]}

/**
 * The tree of a section with aliases and merge keys (`<<`) resolved. What an alias names is shared, not copied, and keeps
 * its own place. An alias without an anchor above it is left broken and reported, unless the section does not parse.
 */
export function expand(section: Section): Expanded {
  if (!section.root || !section.hasAliases) return {root: section.root, problems: []}
  const anchors = new Map<string, Node>()
  const sizes = new WeakMap<Node, number>()
  const problems: Problem[] = []
  let total = 0

  const broken = (at: Node['at'], why: string): Node => ({kind: 'broken', why, at})

  function follow({name, at}: Alias): Node {
    const named = anchors.get(name)
    if (!named) {
      if (section.problems.length === 0)
        problems.push({code: 'config/schema', at, message: `*${name} refers to no anchor above it. Write &${name} where the value stands.`})
      return broken(at, `the alias *${name} leads nowhere`)
    }
    total += sizes.get(named) ?? 1
    if (total <= largestExpansion) return named
    if (!problems.some(problem => problem.message.includes('aliases')))
      problems.push({
        code: 'config/schema',
        at,
        message: `With its aliases followed this document has more than ${largestExpansion} values. It is not read beyond here.`,
      })
    return broken(at, 'too many aliases')
  }

  function visit(node: Node): Node {
    if (node.kind === 'alias') return follow(node)
    const result: Node = node.kind === 'mapping' ? mapping(node) : node.kind === 'sequence' ? {...node, items: node.items.map(visit)} : node
    const size = result.kind === 'mapping' ? sum(result.pairs.map(({value}) => value)) : result.kind === 'sequence' ? sum(result.items) : 1
    sizes.set(result, size)
    if ('anchor' in node && node.anchor) anchors.set(node.anchor, result)
    return result
  }

  const sum = (nodes: readonly Node[]): number => nodes.reduce((all, node) => all + (sizes.get(node) ?? 1), 1)

  function mapping(node: Mapping): Mapping {
    const own: Pair[] = []
    const merged: Pair[] = []
    let {open} = node
    for (const {key, value} of node.pairs) {
      const resolved = visit(value)
      if (key.value !== '<<') {
        own.push({key, value: resolved})
        continue
      }
      for (const base of resolved.kind === 'sequence' ? resolved.items : [resolved]) {
        if (base.kind === 'mapping') merged.push(...base.pairs.filter(pair => !merged.some(other => other.key.value === pair.key.value)))
        else open ??= 'a merged value is not known'
        if (base.kind === 'mapping') open ??= base.open
        if (base.kind === 'scalar') problems.push({code: 'config/schema', at: base.at, message: '<< merges maps. Write an alias of a map, such as <<: *base.'})
      }
    }
    const kept = merged.filter(pair => !own.some(other => other.key.value === pair.key.value))
    return {...node, pairs: [...own, ...kept], open}
  }

  return {root: visit(section.root), problems}
}
