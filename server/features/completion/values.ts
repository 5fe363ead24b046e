import {valueAt} from '../../document/node.ts'
import {branchOf, type SchemaNode} from '../../model/schema-tree.ts'
import type {Path} from '../cursor/frame.ts'
import {type Candidate, kinds, snippetText} from './candidate.ts'
import {refersOf} from './key-snippet.ts'
import {keyCandidates} from './keys.ts'
import {namesOf} from './names.ts'
import {type CompletionPlace, presentNames} from './place.ts'
import {scalarCandidates} from './scalars.ts'
import {flowText, scalarText} from './yaml-text.ts'

/** What may stand behind a key, on its line. */
export function valueCandidates(place: CompletionPlace, path: Path): readonly Candidate[] {
  const {request, cursor} = place
  const node = request.schemaAt(path)
  if (!node) return []
  const scalars = scalarCandidates(place, node, path)
  // Quotes hold nothing else.
  return cursor.quote ? scalars : [...scalars, ...lists(place, node, path), ...whole(node, path, cursor.flow), ...removal(place, node, path)]
}

/** What may stand below a key: its map begun, or the first item of its list. */
export function belowCandidates(place: CompletionPlace, path: Path): readonly Candidate[] {
  const node = place.request.schemaAt(path)
  if (!node) return []
  const keys = keyCandidates(place, {path, flow: false, colon: false})
  const items = branchOf(node, 'array') ? itemCandidates(place, [...path, 0]).map(dashed) : []
  // Where one thing or a list of them may stand, the dash tells which is which.
  return [...keys, ...(keys.length > 0 ? items.map(item => ({...item, label: `- ${item.label}`, rank: item.rank + 2})) : items)]
}

const dashed = (candidate: Candidate): Candidate => ({...candidate, snippet: `- ${candidate.snippet.replaceAll('\n', '\n  ')}`})

/** What may be an item of a list: a name that is not in it yet, a word, or a map begun with one of its keys. */
export function itemCandidates(place: CompletionPlace, path: Path): readonly Candidate[] {
  const {request, cursor} = place
  const node = request.schemaAt(path)
  if (!node) return []
  const scalars = scalarCandidates(place, node, path, presentNames(place, path.slice(0, -1)))
  if (cursor.quote || !branchOf(node, 'object')) return scalars
  const skeleton = wholeItem(node, cursor.flow)
  // A key alone makes no map in brackets.
  const keys = keyCandidates(place, {path, flow: cursor.flow, colon: false}).map(key => (cursor.flow ? {...key, snippet: `{${key.snippet}}`} : key))
  return [
    ...scalars,
    ...skeleton,
    ...keys.map(key => (scalars.some(({label}) => label === key.label) ? {...key, label: `${key.label} with changes`, filter: key.label, rank: 3} : key)),
  ]
}

function lists(place: CompletionPlace, node: SchemaNode, path: Path): readonly Candidate[] {
  const items = place.request.schema.child(node, 0)
  const refers = items && refersOf(items)
  if (!items || !refers) return []
  const names = namesOf(refers, place, [...path, 0])
  const list = (of: readonly string[]): string => `[${of.map(name => scalarText(name, true)).join(', ')}]`
  const each = names.map(
    ({name, documentation}): Candidate => ({
      label: list([name]),
      kind: kinds.reference,
      snippet: snippetText(list([name])),
      detail: refers,
      documentation,
      rank: 1,
    }),
  )
  const every = list(names.map(({name}) => name))
  return names.length > 1 && names.length < 6
    ? [...each, {label: every, kind: kinds.reference, snippet: snippetText(every), detail: `every ${refers}`, rank: 2}]
    : each
}

/** The whole value, as the schema writes it: a snippet where there is one, else the example. */
function whole(node: SchemaNode, path: Path, flow: boolean): readonly Candidate[] {
  if (!branchOf(node, 'object') && !branchOf(node, 'array')) return []
  const key = String(path.at(-1))
  const written = node['x-snippet']
  const example = [node.default, ...(node.examples ?? [])].find(value => typeof value === 'object' && value !== null)
  if (written?.startsWith(`${key}:`) && !(flow && written.includes('\n'))) {
    const snippet = written.slice(key.length + 1).trimStart()
    const label = written.includes('\n') ? (node.title ?? key) : snippet.replace(/\$\{\d+[:|]([^}|,]*)[^}]*\}|\\(.)/g, '$1$2')
    return [
      {
        label,
        kind: kinds.snippet,
        snippet: written.includes('\n') ? written.slice(key.length + 1) : snippet,
        detail: node.title,
        documentation: node.description,
        rank: 4,
      },
    ]
  }
  const text = example === undefined ? undefined : flowText(example)
  return text === undefined || text.length > 160
    ? []
    : [{label: text, kind: kinds.value, snippet: snippetText(text), detail: 'example', documentation: node.description, rank: 6}]
}

function wholeItem(node: SchemaNode, flow: boolean): readonly Candidate[] {
  const written = node['x-snippet'] ?? branchOf(node, 'object')?.['x-snippet']
  const called = (node['x-called'] ?? branchOf(node, 'object')?.['x-called'])?.replace(/^an? /, '')
  if (!written || !called || (flow && /^[^\n]*\n\s/.test(written))) return []
  return [
    {
      label: `new ${called}`,
      kind: kinds.snippet,
      snippet: flow ? `{${written.replaceAll('\n', ', ')}}` : written,
      detail: node.title,
      documentation: node.description,
      rank: 1,
    },
  ]
}

/** Takes away what `defaults` give. */
function removal({chain}: CompletionPlace, node: SchemaNode, path: Path): readonly Candidate[] {
  if (!node.removable || path[0] !== 'environments' || path.length < 3) return []
  const given = chain.some(({section}) => valueAt(section.root, 'defaults', ...path.slice(2).map(String)) !== undefined)
  return given ? [{label: 'null', kind: kinds.word, snippet: 'null', detail: 'removes what defaults give', rank: 8}] : []
}
