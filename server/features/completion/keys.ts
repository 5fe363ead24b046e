import {valueAt} from '../../document/node.ts'
import {branchOf, type Need, type SchemaNode, wordsOf} from '../../model/schema-tree.ts'
import type {Path} from '../cursor/frame.ts'
import {describeKey} from '../describe-key.ts'
import {type Candidate, choices, kinds, snippetText} from './candidate.ts'
import {keySnippet} from './key-snippet.ts'
import {namesOf} from './names.ts'
import {type CompletionPlace, presentNames} from './place.ts'
import {ruleCandidates} from './rules.ts'
import {scalarText} from './yaml-text.ts'

export type KeyOptions = {readonly path: Path; readonly flow: boolean /** The colon is there already. */; readonly colon: boolean}

/** The keys that a map may still have, in the order of the schema, which is that of their importance; in an open map, names. */
export function keyCandidates(place: CompletionPlace, {path, flow, colon}: KeyOptions): readonly Candidate[] {
  const {request} = place
  const {schema} = request
  const node = request.schemaAt(path)
  if (!node || !branchOf(node, 'object')) return []
  const present = presentNames(place, path)
  const taken = new Set([...present, ...excluded(node, present)])
  const fixed = schema
    .keys(node)
    .filter(({key}) => !taken.has(key))
    .map(({key, node: below}): Candidate => {
      const {snippet, again} = colon ? {snippet: key, again: false} : keySnippet(key, below, schema, flow)
      return {
        label: key,
        kind: kinds.property,
        snippet,
        again,
        detail: inherited(place, path, key) ?? below.title,
        documentation: describeKey(key, below),
        rank: 2,
      }
    })
  return [...fixed, ...open(place, node, {path, flow, colon}, present)]
}

/** Keys beside which another one must not stand. */
function excluded(node: SchemaNode, present: ReadonlySet<string>): readonly string[] {
  const needs: readonly Need[] = node['x-needs'] ?? branchOf(node, 'object')?.['x-needs'] ?? []
  return needs.flatMap(({any, one}) => (one && any.some(key => present.has(key)) ? any : []))
}

/** What an environment has from `defaults` in this place. */
function inherited({chain, request}: CompletionPlace, path: Path, key: string): string | undefined {
  if (path[0] !== 'environments' || path.length < 2 || path.some((step, index) => index > 1 && typeof step === 'number')) return undefined
  for (const {section, document} of chain) {
    const node = valueAt(section.root, 'defaults', ...path.slice(2).map(String), key)
    if (!node) continue
    const text = document.textOf(node.at).replace(/\s+/g, ' ')
    if (text === '' && node.kind !== 'mapping' && node.kind !== 'sequence') return undefined
    const short = text.length > 60 ? `${text.slice(0, 60)}…` : text
    return document === request.document ? `defaults: ${short}` : `defaults of the base: ${short}`
  }
  return undefined
}

function open(place: CompletionPlace, node: SchemaNode, {path, flow, colon}: KeyOptions, present: ReadonlySet<string>): readonly Candidate[] {
  const {schema} = place.request
  const {keys, values} = schema.open(node) ?? {}
  if (!values) return []
  if (keys?.['x-refers'] === 'rule') {
    const tail = colon ? '' : `: ${choices(1, ['off', 'hint', 'info', 'warning', 'error'])}`
    return ruleCandidates(place.request, wordsOf(keys))
      .filter(({label}) => !present.has(label))
      .map(candidate => ({...candidate, snippet: candidate.snippet + tail}))
  }
  const refers = branchOf(values, 'object')?.['x-refers'] ?? values['x-refers']
  if (refers)
    return namesOf(refers, place, path).map(({name, documentation}) => ({
      label: name,
      kind: kinds.reference,
      snippet: `${snippetText(name)}${colon ? '' : ': {$1}'}`,
      documentation,
      rank: 1,
      again: !colon,
    }))
  const kind = values['x-defines']
  if (!kind) return []
  const tail = branchOf(values, 'boolean') ? choices(2, ['true', 'false']) : '{$2}'
  const written = values['x-snippet']
  const own: Candidate = {
    label: `new ${kind}`,
    kind: kinds.snippet,
    snippet: written && !(flow && written.includes('\n')) ? written : `\${1:name}: ${tail}`,
    detail: values.title,
    documentation: values.description,
    rank: 5,
  }
  // A flag of one environment is mostly one of the others too.
  const others = branchOf(values, 'boolean') ? namesOf(kind, place, path).filter(({name}) => !present.has(name)) : []
  const again = others.map(
    ({name}): Candidate => ({
      label: name,
      kind: kinds.reference,
      snippet: `${snippetText(scalarText(name, flow))}${colon ? '' : `: ${choices(1, ['true', 'false'])}`}`,
      detail: kind,
      rank: 1,
    }),
  )
  return colon ? again : [...again, own]
}
