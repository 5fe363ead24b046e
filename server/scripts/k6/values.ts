import type {AnyNode, Program} from 'acorn'
import {walk} from './tree.ts'

/** A text as far as it is known: `undefined` stands for a piece that is not. */
export type Pieces = readonly (string | undefined)[]

/** What the constants at the top of a script hold. A name that is assigned to anywhere else is left out. */
export class Constants {
  readonly #values = new Map<string, AnyNode>()

  constructor(program: Program) {
    for (const statement of program.body) {
      const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
      if (declaration?.type !== 'VariableDeclaration') continue
      for (const {id, init} of declaration.declarations) if (id.type === 'Identifier' && init) this.#values.set(id.name, init as AnyNode)
    }
    for (const node of walk(program)) if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier') this.#values.delete(node.left.name)
  }

  /** The expression behind a name, names followed a few times. */
  resolve(node: AnyNode, depth = 0): AnyNode {
    const value = node.type === 'Identifier' ? this.#values.get(node.name) : undefined
    return value && depth < 8 ? this.resolve(value, depth + 1) : node
  }

  /** A text, put together from literals, templates and sums. What the environment may replace counts as its default. */
  text(node: AnyNode, depth = 0): Pieces {
    if (depth > 12) return [undefined]
    const expression = this.resolve(node)
    switch (expression.type) {
      case 'Literal':
        return typeof expression.value === 'string' || typeof expression.value === 'number' ? [String(expression.value)] : [undefined]
      case 'TemplateLiteral':
        return expression.quasis.flatMap((quasi, index): Pieces => {
          const next = expression.expressions[index]
          return [quasi.value.cooked ?? undefined, ...(next ? this.text(next as AnyNode, depth + 1) : [])]
        })
      case 'BinaryExpression':
        return expression.operator === '+' && expression.left.type !== 'PrivateIdentifier'
          ? [...this.text(expression.left as AnyNode, depth + 1), ...this.text(expression.right as AnyNode, depth + 1)]
          : [undefined]
      case 'LogicalExpression':
        return expression.operator === '&&' ? [undefined] : this.text(expression.right as AnyNode, depth + 1)
      case 'TaggedTemplateExpression':
        // http.url`…` groups requests under one name and is the address itself.
        return this.text(expression.quasi as AnyNode, depth + 1)
      default:
        return [undefined]
    }
  }
}
