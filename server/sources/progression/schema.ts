import {schema as written} from '../../../generated/schema.ts'
import {type ValidationError, validate} from '../../../generated/validate.js'
import {branchOf, type JsonType, type Schema, type SchemaNode, SchemaTree} from '../../model/schema-tree.ts'
import type {Path, SchemaError, Subject} from './schema-error.ts'
import {isMap, typeOf, valueAt} from './schema-phrases.ts'
import {unknownValue} from './unknown.ts'
import {missingKey, outdented, unknownKey, wrongName} from './wrong-key.ts'
import {notOneOf, outOfRange, pattern, wrongCount, wrongLength, wrongType} from './wrong-value.ts'

/** The format by place, for messages, completion and hover. */
export const progressionSchema: SchemaTree = new SchemaTree(written as Schema)

/** What may stand at a path of the document, such as `['environments', 0, 'rollback', 'within']`; undefined where nothing may. */
export const schemaAt = (path: Path): SchemaNode | undefined => progressionSchema.at(path)

export type ValidationOptions = {
  /** Maps and lists of the value that are not read to their end: nothing is called missing in them. */
  readonly incomplete?: {has(value: object): boolean}
}

/**
 * The mistakes in the form of a document as it is written, before merging: one mistake, one error. What is `unknownValue` is
 * never judged. Keys that may still come from `defaults` or `extends` are the business of `validateMerged`.
 */
export function validateProgression(value: unknown, {incomplete = new Set()}: ValidationOptions = {}): SchemaError[] {
  if (value === unknownValue || validate(value)) return []
  const errors = validate.errors ?? []
  const places = new Map<string, ValidationError[]>()
  for (const error of errors) places.set(error.instancePath, [...(places.get(error.instancePath) ?? []), error])
  const found: SchemaError[] = []
  const closed: string[] = []
  for (const [pointer, here] of places) {
    if (closed.some(above => pointer.startsWith(above))) continue
    const subject = subjectAt(value, pointer)
    if (!subject || subject.value === unknownValue) continue
    const crowded = here.some(error => error.keyword === 'maxProperties')
    // Keys that stand one level too far left are one mistake, whatever their values are.
    if (crowded) closed.push(`${pointer}/`)
    found.push(...((crowded && crowdedItem(subject)) || judge(subject, here, incomplete)))
  }
  return found
}

function judge(subject: Subject, errors: readonly ValidationError[], incomplete: {has(value: object): boolean}): SchemaError[] {
  const {tree, root, path, value, node} = subject
  const found: SchemaError[] = []
  const open = typeof value === 'object' && value !== null && incomplete.has(value)
  if (!accepts(node, value)) return [outdented(tree, root, path, value) ?? wrongType(subject)]
  const meant = new Set<string>()
  for (const {keyword, params, propertyName} of errors) {
    if (propertyName !== undefined) {
      const keys = tree.open(node)?.keys
      if (keys && !found.some(one => one.path.at(-1) === propertyName)) found.push(wrongName(subject, propertyName, keys))
    } else if (keyword === 'additionalProperties') {
      const error = unknownKey(subject, String(params.additionalProperty))
      if (error.suggestion) meant.add(error.suggestion)
      found.push(error)
    }
  }
  // A misspelt key is one mistake: it is not missing as well.
  const lacking = errors.filter(({keyword}) => keyword === 'required').map(({params}) => String(params.missingProperty))
  const missing = open ? [] : lacking.filter(key => !meant.has(key))
  if (missing.length > 0) found.push(missingKey(subject, missing, 'all'))
  for (const {keyword, params, propertyName} of errors) {
    if (propertyName !== undefined) continue
    const first = found.length === 0
    if (/^(min|max)(Items|Properties)$/.test(keyword) && !(open && keyword.startsWith('min'))) found.push(wrongCount(subject, keyword, Number(params.limit)))
    else if (keyword === 'enum' && branchOf(node, typeOf(value))?.enum) found.push(notOneOf(subject))
    else if (/^(min|max)Length$/.test(keyword) && first) found.push(wrongLength(subject, keyword, params.limit))
    else if (keyword === 'pattern' && first) found.push(pattern(subject))
    else if (/inimum$|aximum$/.test(keyword) && first) found.push(outOfRange(subject, keyword, params.limit))
  }
  return found
}

/** Keys of a gate beside the name of the gate, in an item of a list of gates. */
function crowdedItem({tree, root, path, value}: Subject): SchemaError[] | undefined {
  const stray = Object.keys(value as object).flatMap(key => outdented(tree, root, [...path, key], undefined) ?? [])
  return stray.length > 0 ? stray.slice(0, 1) : undefined
}

/** Whether values of this type may stand here at all; what is wrong with them is another matter. */
const accepts = (node: SchemaNode, value: unknown): boolean => {
  const type: JsonType = typeOf(value)
  if (type === 'null') return node.removable || node.branches.length === 0
  const branch = branchOf(node, type)
  return branch ? branch.type !== 'integer' || Number.isInteger(value) : node.branches.length === 0
}

function subjectAt(root: unknown, pointer: string): Subject | undefined {
  const path = pathOf(root, pointer)
  const node = schemaAt(path)
  return node && {tree: progressionSchema, root, path, value: valueAt(root, path), node}
}

/** A JSON pointer as keys and indices: what is an index, the value says. */
function pathOf(root: unknown, pointer: string): Path {
  const path: (string | number)[] = []
  let value = root
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    const step = Array.isArray(value) ? Number(key) : key
    path.push(step)
    value = Array.isArray(value) ? value[Number(key)] : isMap(value) ? value[key] : undefined
  }
  return path
}
