import type {Node} from '../../document/node.ts'
import {nearest} from '../../model/nearest.ts'
import type {Problem} from '../../model/problem.ts'
import {isVariable, variables, variablesIn} from '../../model/variables.ts'

const names = Object.keys(variables)

/** One problem a variable no string may hold, at its place inside the string where that can be told, else at the string. */
export function variableProblems(root: Node, textOf: (node: Node) => string): Problem[] {
  const problems: Problem[] = []
  const seen = new Set<Node>()
  function visit(node: Node): void {
    if (seen.has(node)) return
    seen.add(node)
    if (node.kind === 'mapping') for (const {value} of node.pairs) visit(value)
    else if (node.kind === 'sequence') for (const item of node.items) visit(item)
    else if (node.kind === 'scalar' && typeof node.value === 'string' && node.value.includes('${')) {
      const written = textOf(node)
      for (const {name} of variablesIn(node.value)) {
        if (isVariable(name)) continue
        const offset = written.indexOf(`\${${name}}`)
        const at = offset < 0 ? node.at : {...node.at, start: node.at.start + offset + 2, end: node.at.start + offset + 2 + name.length}
        const suggestion = nearest(name, names)
        const hint = suggestion
          ? `Did you mean \${${suggestion}}?`
          : `Known are ${names.map(one => `\${${one}}`).join(', ')} and \${env.NAME}; a literal is written $\${${name}}.`
        problems.push({code: 'config/unknown-variable', at, message: `\${${name}} is no variable of a progression. ${hint}`, suggestion})
      }
    }
  }
  visit(root)
  return problems
}
