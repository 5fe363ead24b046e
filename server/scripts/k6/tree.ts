import type {AnyNode, Node} from 'acorn'

const isNode = (value: unknown): value is AnyNode => typeof value === 'object' && value !== null && typeof (value as {type?: unknown}).type === 'string'

/** Everything below a node, itself first, in the order of the text. */
export function* walk(node: Node): Generator<AnyNode> {
  if (!isNode(node)) return
  yield node
  for (const [key, value] of Object.entries(node)) {
    if (key === 'type' || key === 'start' || key === 'end') continue
    if (Array.isArray(value)) {
      for (const one of value) if (isNode(one)) yield* walk(one)
    } else if (isNode(value)) yield* walk(value)
  }
}

/** `a.b.c` of a member expression, or undefined where a part is computed. */
export function pathOf(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined
  const object = pathOf(node.object as AnyNode)
  return object === undefined ? undefined : `${object}.${node.property.name}`
}
