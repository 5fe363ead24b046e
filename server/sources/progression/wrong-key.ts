import {nearest} from '../../model/nearest.ts'
import {branchOf, type SchemaNode, type SchemaTree} from '../../model/schema-tree.ts'
import type {Path, SchemaError, Subject} from './schema-error.ts'
import {both, calledFor, either, inOneLine, isMap, label} from './schema-phrases.ts'

/** A key that its map does not have: known elsewhere, misspelt, or known to nobody. */
export function unknownKey({tree, path, node}: Subject, key: string): SchemaError {
  const owners = tree.ownersOf(key)
  const keys = tree.keys(node)
  const alias = keys.find(one => one.node['x-aliases']?.includes(key))?.key
  if (owners.length > 0 && alias === undefined) return misplaced(path, key, owners, node)
  const suggestion =
    alias ??
    nearest(
      key,
      keys.map(one => one.key),
    )
  const rest = suggestion ? ` Did you mean ${suggestion}?` : keys.length > 0 && keys.length <= 7 ? ` It takes ${both(keys.map(one => one.key))}.` : ''
  return {
    code: 'config/unknown-key',
    kind: 'unknown-key',
    path: [...path, key],
    target: 'key',
    message: `${inOneLine(key)} is not a key of ${calledOf(node)}.${rest}`,
    suggestion,
    expected: keys.map(one => one.key),
  }
}

function misplaced(path: Path, key: string, owners: readonly string[], node: SchemaNode): SchemaError {
  const top = owners.includes(topmost)
  const under = owners.filter(owner => owner !== topmost)
  const places = [...(top ? ['at the top level'] : []), ...(under.length > 0 ? [`under ${either(under)}`] : [])]
  const here = path.length === 0 ? 'at the top level' : `under ${calledOf(node)}`
  return {
    code: 'config/misplaced-key',
    kind: 'misplaced-key',
    path: [...path, key],
    target: 'key',
    message: `${key} belongs ${places.join(' or ')}, not ${here}.`,
  }
}

const topmost = 'a progression'
const calledOf = (node: SchemaNode): string => node['x-called'] ?? branchOf(node, 'object')?.['x-called'] ?? 'this map'

/**
 * A key of an open map that is really a key of the things in it, one indentation too far left:
 * `clusters: {nonprod: …, context: nonprod}`. Undefined where it is none.
 */
export function outdented(tree: SchemaTree, root: unknown, path: Path, value: unknown): SchemaError | undefined {
  const key = path.at(-1)
  const map = tree.at(path.slice(0, -1))
  const things = map && tree.open(map)?.values
  if (!map || !things || typeof key !== 'string' || isMap(value) || !tree.keys(things).some(one => one.key === key)) return undefined
  return {
    code: 'config/misplaced-key',
    kind: 'misplaced-key',
    path,
    target: 'key',
    message: `${key} belongs under ${calledOf(things)}, one level below ${label(root, path.slice(0, -1))}. Indent it further.`,
  }
}

/** A key of an open map that cannot be the name of anything there: a rule nobody has, a name with a blank. */
export function wrongName({path}: Subject, key: string, keys: SchemaNode): SchemaError {
  const words = keys.branches.flatMap(branch => branch.enum ?? [])
  const suggestion = words.length > 0 ? nearest(key, words) : nameFrom(key, keys)
  const called = words.length > 0 ? 'the code of a rule' : calledFor(keys)
  return {
    code: 'config/unknown-key',
    kind: 'unknown-key',
    path: [...path, key],
    target: 'key',
    message: `${inOneLine(key)} is not ${called}.${suggestion ? (words.length > 0 ? ` Did you mean ${suggestion}?` : ` Write ${suggestion}.`) : ''}`,
    suggestion,
    expected: words.length > 0 ? words : undefined,
  }
}

/** The same name with what is not allowed in it replaced; undefined where nothing allowed is left. */
export function nameFrom(text: string, node: SchemaNode): string | undefined {
  const pattern = node.branches.find(branch => branch.type === 'string')?.pattern
  if (!pattern) return undefined
  const kept = text.trim().replace(/[^A-Za-z0-9_.-]+/g, '-')
  return [kept, kept.toLowerCase().replace(/[_.]/g, '-')].map(name => name.replace(/^[-_.]+|[-_.]+$/g, '')).find(name => new RegExp(pattern, 'u').test(name))
}

/** Keys that are not there: all of them are needed, or one of them is. */
export function missingKey({root, path, node}: Subject, keys: readonly string[], needed: 'all' | 'any'): SchemaError {
  const named = label(root, path)
  const about = /\]$/.test(named) || named === '' ? calledOf(node) : named
  return {
    code: 'config/schema',
    kind: 'missing-key',
    path,
    target: 'key',
    message: `${about === named ? named : about.charAt(0).toUpperCase() + about.slice(1)} needs ${needed === 'all' ? both(keys) : either(keys)}.`,
    expected: keys,
  }
}

export const conflictingKeys = ({root, path, node}: Subject, keys: readonly string[], inherits: boolean): SchemaError => ({
  code: 'config/schema',
  kind: 'conflicting-keys',
  path: [...path, keys.at(-1) ?? ''],
  target: 'key',
  message: `${label(root, path) || calledOf(node)} takes one of ${both(keys)}, not ${keys.length > 2 ? 'all' : 'both'}.${
    inherits ? ` If one is inherited, remove it: ${keys[0]}: null.` : ''
  }`,
  expected: keys,
})
