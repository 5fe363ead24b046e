import type {Node} from '../../document/node.ts'
import type {Problem} from '../../model/problem.ts'
import type {SchemaNode, SchemaTree} from '../../model/schema-tree.ts'

/** Keys that the schema calls deprecated, each with its successor where the schema names one. */
export function deprecatedKeys(root: Node, tree: SchemaTree): readonly Problem[] {
  const problems: Problem[] = []
  const visit = (node: Node, schema: SchemaNode): void => {
    if (node.kind === 'sequence') {
      const items = tree.child(schema, 0)
      if (items) for (const item of node.items) visit(item, items)
    }
    if (node.kind !== 'mapping') return
    for (const {key, value} of node.pairs) {
      const child = tree.child(schema, key.source)
      if (!child) continue
      const instead = child['x-instead']
      if (child.deprecated)
        problems.push({
          code: 'config/deprecated',
          at: key.at,
          message: `${key.source} still works and will go. ${instead === undefined ? 'Take it out.' : `Write ${instead}.`}`,
          suggestion: instead,
        })
      visit(value, child)
    }
  }
  if (tree.hasDeprecated) visit(root, tree.root)
  return problems
}
