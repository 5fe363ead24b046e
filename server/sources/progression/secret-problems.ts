import type {Node, Scalar} from '../../document/node.ts'
import type {Problem} from '../../model/problem.ts'
import {branchOf, type SchemaNode} from '../../model/schema-tree.ts'
import {progressionSchema} from './schema.ts'
import {isPlaceholder, isSecretName, type Secret, secretIn} from './secrets.ts'

const code = 'config/literal-secret'

/** What was found below a map or list before, and at which place of the schema that was. */
const found = new WeakMap<Node, {readonly schema: SchemaNode | undefined; readonly problems: readonly Problem[]}>()

/** Secrets that are written out anywhere in a document. The text of a secret goes into no problem. */
export const secretProblems = (root: Node): readonly Problem[] => below(root, progressionSchema.root, undefined)

function below(node: Node, schema: SchemaNode | undefined, key: string | undefined): readonly Problem[] {
  if (node.kind === 'scalar') return typeof node.value === 'string' && node.value.length > 3 ? inText(node, node.value, schema, key) : []
  if (node.kind !== 'mapping' && node.kind !== 'sequence') return []
  const before = found.get(node)
  if (before && before.schema === schema) return before.problems
  const child = (step: string | number): SchemaNode | undefined => schema && progressionSchema.child(schema, step)
  const problems: readonly Problem[] =
    node.kind === 'sequence'
      ? node.items.flatMap((item, index) => below(item, child(0), argumentName(node.items[index - 1])))
      : node.pairs.flatMap(({key: name, value}) => below(value, child(name.source), name.source))
  found.set(node, {schema, problems})
  return problems
}

/** The name of an option that takes its value from the next word of a command: `--password`. */
function argumentName(before: Node | undefined): string | undefined {
  const name = before?.kind === 'scalar' && typeof before.value === 'string' ? /^--?([A-Za-z][\w-]*)$/.exec(before.value)?.[1] : undefined
  return name
}

function inText(node: Scalar, value: string, schema: SchemaNode | undefined, key: string | undefined): readonly Problem[] {
  const secret = secretIn(value)
  if (secret) return [problem(node, value, secret)]
  if (value.includes('${') || isPlaceholder(value) || !holdsSecret(schema, key)) return []
  const called = key === 'webhook' ? 'the address of a webhook' : `the value of ${key}`
  const scheme = /^(?:Bearer|Basic|Token) /i.exec(value)?.[0] ?? ''
  return [problem(node, value, {called, start: scheme.length, end: value.length}, key)]
}

/** A place that the format marks, a header or a key of one's own that says so by its name. The name of a Secret and of its key are none. */
function holdsSecret(schema: SchemaNode | undefined, key: string | undefined): boolean {
  if (key === undefined) return false
  if (schema === undefined || !schema['x-secret']) return isSecretName(key) && (schema === undefined || schema.branches.length === 0 || !isOurs(schema))
  // Any header may be text; only some of them let anybody in.
  return branchOf(schema, 'string') !== undefined && (key === 'webhook' || isSecretName(key) || /^x-api-key$/i.test(key))
}

/** A key of the format has a meaning of its own: the `key` of a Secret reference, the name of a cluster. */
const isOurs = (schema: SchemaNode): boolean => schema.description !== undefined && !schema['x-variables']

function problem(node: Scalar, value: string, secret: Secret, key?: string): Problem {
  const isWhole = secret.end === value.length && /^(?:(?:Bearer|Basic|Token) )?$/i.test(value.slice(0, secret.start))
  const name = variableName(secret.called, key)
  return {
    code,
    at: node.at,
    message: `This holds ${secret.called}, and whoever reads this file or its history can use it. Make it invalid, and take the new one from \${env.${name}} or from a Secret.`,
    suggestion: isWhole ? `'${value.slice(0, secret.start)}\${env.${name}}'` : undefined,
  }
}

function variableName(called: string, key: string | undefined): string {
  if (key === 'webhook') return 'SLACK_WEBHOOK'
  if (/webhook/.test(called)) return `${/(\w+) webhook/.exec(called)?.[1]?.toUpperCase() ?? 'CHAT'}_WEBHOOK`
  const word = /^an? (.+)$/.exec(called)?.[1] ?? key ?? 'TOKEN'
  return /password in/.test(called)
    ? 'PASSWORD'
    : word
        .replace(/^authorization$/i, 'TOKEN')
        .replace(/[^A-Za-z0-9]+/g, '_')
        .toUpperCase()
}
