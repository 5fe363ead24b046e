import type {Statement, Word} from './syntax.ts'

/** Every statement below some statements, themselves included. What stands in substitutions is left out: it ends only itself. */
export function* walk(statements: readonly Statement[]): Generator<Statement> {
  for (const statement of statements) {
    yield statement
    yield* walk(below(statement))
  }
}

function below(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'redirected':
    case 'not':
    case 'background':
    case 'function':
      return [statement.body]
    case 'pipeline':
      return statement.parts
    case 'list':
      return [statement.left, statement.right]
    case 'group':
    case 'subshell':
    case 'for':
    case 'count':
      return statement.body
    case 'while':
      return [...statement.condition, ...statement.body]
    case 'if':
      return [...statement.branches.flatMap(({condition, body}) => [...condition, ...body]), ...(statement.otherwise ?? [])]
    case 'case':
      return statement.items.flatMap(({body}) => body)
    default:
      return []
  }
}

/** The text of a word that is written without anything to expand. */
export const plainText = (word: Word | undefined): string | undefined =>
  word?.parts.every(part => part.kind === 'text') ? word.parts.map(part => (part.kind === 'text' ? part.text : '')).join('') : undefined

/** Names of functions in which the script may end. */
export function exitingFunctions(statements: readonly Statement[]): ReadonlySet<string> {
  const exiting = new Set<string>()
  for (const statement of walk(statements)) {
    if (statement.kind !== 'function') continue
    for (const inner of walk([statement.body])) if (inner.kind === 'simple' && plainText(inner.words[0]) === 'exit') exiting.add(statement.name)
  }
  return exiting
}
