import type {Node} from '../../document/node.ts'
import {nearest} from '../../model/nearest.ts'
import type {Problem} from '../../model/problem.ts'
import {isVariable, variables, variablesIn} from '../../model/variables.ts'

const names = Object.keys(variables)

type TextOf = (node: Node) => string

/** What was found below a map or list before; nodes never change, nor does the text of their block. */
const found = new WeakMap<Node, readonly Problem[]>()

/** One problem a variable no string may hold, at its place inside the string where that can be told, else at the string. */
export const variableProblems = (root: Node, textOf: TextOf): readonly Problem[] => [...new Set(below(root, textOf))]

function below(node: Node, textOf: TextOf): readonly Problem[] {
  if (node.kind === 'scalar') return typeof node.value === 'string' && node.value.includes('${') ? inString(node.value, node, textOf(node)) : []
  if (node.kind !== 'mapping' && node.kind !== 'sequence') return []
  const before = found.get(node)
  if (before) return before
  const problems = node.kind === 'mapping' ? node.pairs.flatMap(({value}) => below(value, textOf)) : node.items.flatMap(item => below(item, textOf))
  found.set(node, problems)
  return problems
}

function inString(value: string, node: Node, written: string): Problem[] {
  return variablesIn(value).flatMap(({name}): Problem[] => {
    if (isVariable(name)) return []
    const offset = written.indexOf(`\${${name}}`)
    const at = offset < 0 ? node.at : {...node.at, start: node.at.start + offset + 2, end: node.at.start + offset + 2 + name.length}
    const suggestion = nearest(name, names)
    const hint = suggestion
      ? `Did you mean \${${suggestion}}?`
      : `Known are ${names.map(one => `\${${one}}`).join(', ')} and \${env.NAME}; a literal is written $\${${name}}.`
    return [{code: 'config/unknown-variable', at, message: `\${${name}} is no variable of a progression. ${hint}`, suggestion}]
  })
}
