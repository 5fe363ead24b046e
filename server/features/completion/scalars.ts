import {valueAt} from '../../document/node.ts'
import {branchOf, type SchemaNode, wordsOf} from '../../model/schema-tree.ts'
import type {Path} from '../cursor/frame.ts'
import {type Candidate, kinds, snippetText} from './candidate.ts'
import {durationCandidates} from './durations.ts'
import {refersOf} from './key-snippet.ts'
import {namesOf} from './names.ts'
import type {CompletionPlace} from './place.ts'
import {ruleCandidates} from './rules.ts'
import {scalarText} from './yaml-text.ts'

/** The single values a place takes: names, words, true and false, durations, and the examples of the schema. */
export function scalarCandidates(place: CompletionPlace, node: SchemaNode, path: Path, present: ReadonlySet<string> = new Set()): readonly Candidate[] {
  const {cursor, request} = place
  const {flow, quote} = cursor
  const write = (text: string): string => snippetText(scalarText(text, flow, quote))
  const refers = refersOf(node)
  if (refers === 'rule') return ruleCandidates(request, wordsOf(node)).filter(({label}) => !present.has(label))
  if (refers) {
    return namesOf(refers, place, path)
      .filter(({name}) => !present.has(name))
      .map(({name, documentation, from}) => ({
        label: name,
        kind: kinds.reference,
        snippet: write(name),
        detail: from ? `${refers} of ${from}` : refers,
        documentation,
        rank: 1,
      }))
  }
  const {description, default: usual} = node
  const words = wordsOf(node).filter(word => !present.has(word))
  if (words.length > 0)
    return words.map(word => ({
      label: word,
      kind: kinds.word,
      snippet: write(word),
      detail: word === usual ? 'default' : node.title,
      documentation: description,
      rank: word === usual ? 1 : 2,
      preselect: word === usual || undefined,
    }))
  if (branchOf(node, 'boolean') && !quote)
    return ['true', 'false'].map(word => ({
      label: word,
      kind: kinds.word,
      snippet: word,
      detail: word === String(usual) ? 'default' : node.title,
      documentation: description,
      rank: 2,
    }))
  if (branchOf(node, 'string')?.['x-duration'] ?? node['x-duration']) return durationCandidates(place, node)
  if (branchOf(node, 'string')?.['x-path'] ?? node['x-path']) return []
  return [
    ...own(place, path).map((name): Candidate => ({label: name, kind: kinds.value, snippet: write(name), detail: 'name of the environment', rank: 2})),
    ...examples(node, write),
  ]
}

/** A namespace is mostly called like its environment. */
function own({chain}: CompletionPlace, path: Path): readonly string[] {
  if (path.at(-1) !== 'namespace' || path[0] !== 'environments') return []
  const list = valueAt(chain[0]?.section.root, 'environments')
  const name = list?.kind === 'sequence' ? valueAt(list.items[Number(path[1])], 'name') : undefined
  return name?.kind === 'scalar' && name.source !== '' ? [name.source] : []
}

function examples(node: SchemaNode, write: (text: string) => string): readonly Candidate[] {
  const all = [node.default, ...(node.examples ?? [])].filter(value => typeof value === 'string' || typeof value === 'number')
  return [...new Set(all)].map(value => ({
    label: String(value),
    kind: kinds.value,
    snippet: typeof value === 'string' ? write(value) : String(value),
    detail: value === node.default ? 'default' : 'example',
    documentation: node.description,
    rank: value === node.default ? 2 : 6,
  }))
}
