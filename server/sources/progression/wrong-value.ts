import {nearest} from '../../model/nearest.ts'
import {branchOf, type SchemaBranch, type SchemaNode, wordsOf} from '../../model/schema-tree.ts'
import type {SchemaError, SchemaErrorKind, Subject} from './schema-error.ts'
import {calledFor, either, isMap, kindOf, label, shown} from './schema-phrases.ts'
import {nameFrom} from './wrong-key.ts'

/** What to write instead: the sentence for people and, where it is sure, the YAML. */
type Way = {readonly advice: string; readonly suggestion?: string}

const error = (subject: Subject, kind: SchemaErrorKind, message: string, rest: Partial<SchemaError> = {}): SchemaError => ({
  code: 'config/schema',
  kind,
  path: subject.path,
  target: 'value',
  message,
  ...rest,
})

/** A value of a type that nothing here has. */
export function wrongType(subject: Subject): SchemaError {
  const {root, path, value, node} = subject
  const where = label(root, path) || 'A progression'
  if (value === null)
    return error(subject, 'wrong-type', `${where} cannot be null. Write ${calledFor(node)}${isOptional(subject) ? ', or leave the key out' : ''}.`)
  const scalar = typeof value !== 'object'
  const words = wordsOf(node)
  if (scalar && words.length > 0 && node.branches.every(branch => branch.enum)) return notOneOf(subject)
  const text = branchOf(node, 'string')
  const way = wayOut(subject)
  // A number where a duration is meant is better called by what it fails to be.
  if (scalar && text?.pattern && !fits(text, String(value))) return pattern(subject)
  return error(subject, 'wrong-type', `${where} must be ${calledFor(node)}, not ${kindOf(value, node)}.${way.advice}`, {suggestion: way.suggestion})
}

/** At the top level every key but those without which there is no progression takes a null, so what does not is needed. */
const isOptional = ({tree, path}: Subject): boolean => {
  const parent = path.length > 1 ? tree.at(path.slice(0, -1)) : undefined
  return parent !== undefined && tree.keys(parent).some(({key, required}) => key === path.at(-1) && !required)
}

function wayOut({tree, path, value, node}: Subject): Way {
  const list = branchOf(node, 'array')
  const map = branchOf(node, 'object')
  const text = branchOf(node, 'string')
  if (isMap(value)) return {advice: list ? ' Begin each item with a dash.' : ''}
  if (Array.isArray(value)) return {advice: ''}
  if (branchOf(node, 'boolean') && typeof value === 'string') {
    const meant = truth(value)
    return meant === undefined ? {advice: ''} : {advice: ` Write ${meant}.`, suggestion: String(meant)}
  }
  if (branchOf(node, 'number') && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
    return {advice: ` Write ${value} without quotes.`, suggestion: value}
  if (text && fits(text, String(value)) && !node['x-secret']) return write(`'${value}'`)
  const items = list && tree.child(node, 0)
  if (items && branchOf(items, 'string') && !node['x-secret'] && /^[\w${}./-]+$/.test(String(value)))
    return write(`[${/[${}]/.test(String(value)) ? `'${value}'` : value}]`)
  const [key, ...others] = map?.required ?? []
  if (path.length > 0 && key !== undefined && others.length === 0 && typeof value === 'string' && /^[\w./-]+$/.test(value)) return write(`{${key}: ${value}}`)
  return {advice: ''}
}

const write = (suggestion: string): Way => ({advice: ` Write ${suggestion}.`, suggestion})

const fits = (branch: SchemaBranch, text: string): boolean =>
  branch.enum ? branch.enum.includes(text) : branch.pattern === undefined || new RegExp(branch.pattern, 'u').test(text)

/** YAML 1.2 has only true and false; people still write the words of YAML 1.1. */
const truth = (word: string): boolean | undefined => (/^(yes|y|on|true)$/i.test(word) ? true : /^(no|n|off|false)$/i.test(word) ? false : undefined)

export function notOneOf(subject: Subject): SchemaError {
  const {root, path, value, node} = subject
  const words = wordsOf(node)
  // YAML 1.1 reads off as false.
  const suggestion = value === false && words.includes('off') ? 'off' : nearest(String(value), words)
  const what = words.length === 1 ? words[0] : `one of ${either(words)}`
  const rest = suggestion && words.length > 1 ? ` Did you mean ${suggestion}?` : ''
  return error(subject, 'not-one-of', `${label(root, path)}: ${shown(value, node)} is not ${what}.${rest}`, {suggestion, expected: words})
}

/** Text, or a scalar where text is meant, that does not look as it must. */
export function pattern(subject: Subject): SchemaError {
  const {root, path, value, node} = subject
  const branch = branchOf(node, 'string')
  const examples = (branch?.examples ?? node.examples ?? []).map(String)
  const suggestion = branch && correction(branch, node, value)
  const likely = branch?.['x-duration'] && typeof value === 'number' && Number.isInteger(value) && value > 0 ? [`${value}s`, `${value}m`, '1h'] : examples
  const advice = suggestion
    ? ` Write ${suggestion}.`
    : likely.length > 0
      ? ` Write ${either(likely)}${branch?.['x-duration'] || likely.length > 2 ? '' : ', for example'}.`
      : ''
  return error(subject, 'pattern', `${label(root, path)}: ${shown(value, node)} is not ${calledFor(node)}.${advice}`, {suggestion, expected: examples})
}

/** The right spelling of what was surely meant. */
function correction(branch: SchemaBranch, node: SchemaNode, value: unknown): string | undefined {
  if (typeof value !== 'string' || value.includes('://')) return undefined
  const candidates = [
    branch['x-duration'] || branch.examples?.includes('500ms') ? durationFrom(value) : undefined,
    node['x-defines'] === 'image' ? value.replace(/@sha256:.*$/, '').replace(/:[^:/]+$/, '') : undefined,
    /^\^\[a-z0-9\]/.test(branch.pattern ?? '') ? nameFrom(value, node) : undefined,
    branch.pattern?.startsWith('^/') ? `/${value}` : branch.pattern === '^\\.' ? `.${value.replace(/^\$\.?/, '')}` : undefined,
    /^\d+(\.\d+)? *%$/.test(value) ? value.replace(' ', '') : undefined,
  ]
  return candidates.find(candidate => candidate !== undefined && candidate !== value && !/\s/.test(candidate) && fits(branch, candidate))
}

const units: Readonly<Record<string, string>> = {
  ms: 'ms',
  millisecond: 'ms',
  s: 's',
  sec: 's',
  second: 's',
  m: 'm',
  min: 'm',
  minute: 'm',
  h: 'h',
  hr: 'h',
  hour: 'h',
  d: 'd',
  day: 'd',
  w: 'w',
  week: 'w',
}

/** `30 minutes` is `30m`. */
function durationFrom(text: string): string | undefined {
  const parts = [...text.toLowerCase().matchAll(/\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*(?:,|and)?/gy)]
  if (parts.map(part => part[0]).join('') !== text.toLowerCase()) return undefined
  const spelled = parts.map(([, amount, unit = '']) =>
    (units[unit] ?? units[unit.replace(/s$/, '')]) ? `${amount}${units[unit] ?? units[unit.replace(/s$/, '')]}` : undefined,
  )
  return spelled.includes(undefined) ? undefined : spelled.join('')
}

/** A number below, above or between what is allowed. */
export function outOfRange(subject: Subject, keyword: string, limit: unknown): SchemaError {
  const {root, path, value, node} = subject
  const bound: Readonly<Record<string, string>> = {minimum: 'at least', maximum: 'at most', exclusiveMinimum: 'more than', exclusiveMaximum: 'less than'}
  return error(subject, 'out-of-range', `${label(root, path)} must be ${bound[keyword] ?? keyword} ${limit}, not ${shown(value, node)}.`)
}

/** Text that is empty or too long. */
export function wrongLength(subject: Subject, keyword: string, limit: unknown): SchemaError {
  const {root, path, value} = subject
  const message =
    keyword === 'minLength'
      ? `${label(root, path)} is empty.`
      : `${label(root, path)} has ${String(value).length} characters; ${limit} are the most it may have.`
  return error(subject, 'out-of-range', message)
}

/** A list or map with too few or too many things in it. */
export function wrongCount(subject: Subject, keyword: string, limit: number): SchemaError {
  const {root, path, value, node} = subject
  const count = Array.isArray(value) ? value.length : Object.keys(value as object).length
  const things = Array.isArray(value) ? 'item' : 'key'
  const where = label(root, path) || node['x-called']
  if (count === 0) return error(subject, 'wrong-count', `${where} is empty. It needs at least ${limit === 1 ? `one ${things}` : `${limit} ${things}s`}.`)
  if (isMap(value)) return error(subject, 'wrong-count', `${where} takes ${limit === 1 ? 'one key' : `${limit} keys`}, not ${count}. Begin each with a dash.`)
  const atLeast = keyword.startsWith('min')
  const {minItems, maxItems} = (branchOf(node, 'array') ?? {}) as {minItems?: number; maxItems?: number}
  const bound = minItems === maxItems && minItems !== undefined ? '' : atLeast ? 'at least ' : 'at most '
  return error(subject, 'wrong-count', `${where} takes ${bound}${limit} ${limit === 1 ? 'item' : 'items'}, not ${count}.`)
}
