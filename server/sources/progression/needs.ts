import {branchOf, type SchemaNode} from '../../model/schema-tree.ts'
import {progressionSchema, type ValidationOptions} from './schema.ts'
import type {Path, SchemaError} from './schema-error.ts'
import {isMap} from './schema-phrases.ts'
import {conflictingKeys, missingKey} from './wrong-key.ts'

/** Values in which nothing was found; a value that was read never changes, and most are the same at the next key stroke. */
const clean = new WeakSet<object>()

/**
 * What is still missing, or stands twice, once `extends` and `defaults` are merged: a smoke test that does nothing, manifests from
 * two sources. Takes the document with its environments merged; paths are those of the merged value. Says nothing about what
 * `validateProgression` says.
 */
export function validateMerged(merged: unknown, {incomplete = new Set()}: ValidationOptions = {}): SchemaError[] {
  const found: SchemaError[] = []

  function visit(value: unknown, node: SchemaNode, path: Path): void {
    if (typeof value !== 'object' || value === null || clean.has(value)) return
    const before = found.length
    look(value, node, path)
    if (found.length === before) clean.add(value)
  }

  function look(value: object, node: SchemaNode, path: Path): void {
    if (Array.isArray(value)) {
      const items = progressionSchema.child(node, 0)
      if (items) for (const [index, item] of value.entries()) visit(item, items, [...path, index])
      return
    }
    // What is merged into something else is judged there.
    if (!isMap(value) || branchOf(node, 'object')?.['x-partial']) return
    const subject = {tree: progressionSchema, root: merged, path, value, node}
    const has = (key: string): boolean => value[key] !== undefined && value[key] !== null
    for (const {when, any, one} of node['x-needs'] ?? branchOf(node, 'object')?.['x-needs'] ?? []) {
      if (when !== undefined && !has(when)) continue
      const given = any.filter(has)
      if (given.length === 0 && !incomplete.has(value)) found.push(missingKey(subject, any, 'any'))
      if (given.length > 1 && one) found.push(conflictingKeys(subject, given, path[0] === 'environments' && typeof path.at(-1) === 'string'))
    }
    for (const [key, below] of Object.entries(value)) {
      const child = progressionSchema.child(node, key)
      if (child) visit(below, child, [...path, key])
    }
  }

  visit(merged, progressionSchema.root, [])
  return found
}
