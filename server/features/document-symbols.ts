import type {DocumentSymbol, DocumentSymbolParams, SymbolInformation, SymbolKind} from 'vscode-languageserver-protocol'
import type {Document, Range} from '../document/document.ts'
import type {Place} from '../model/place.ts'
import type {Environment, Progression} from '../model/progression.ts'
import {defineFeature} from './feature.ts'

/** Numbers of the protocol, because this folder takes only types from it. */
const kinds = {module: 2, namespace: 3, event: 24, object: 19, function: 12} as const satisfies Record<string, SymbolKind>

/** A progression with its environments and their steps, its gates and clusters. */
export const documentSymbols = defineFeature({
  method: 'textDocument/documentSymbol',
  capability: {documentSymbolProvider: true},
  provide({document, progressions, client}, _params: DocumentSymbolParams): DocumentSymbol[] | SymbolInformation[] {
    const symbols = progressions.flatMap(progression => progressionSymbol(document, progression) ?? [])
    return client.hierarchicalSymbols ? symbols : flat(symbols, document.uri)
  },
})

function progressionSymbol(document: Document, progression: Progression): DocumentSymbol | undefined {
  const section = document.sections[progression.index]
  if (!section) return undefined
  const {lines} = document
  const whole = {start: lines.position(section.offset), end: lines.position(section.offset + section.section.length)}
  const children = [
    ...progression.clusters.items.map(cluster => symbol(document, cluster.name, kinds.object, cluster.at, cluster.at, 'cluster')),
    ...progression.gates.items.map(gate => symbol(document, gate.name, kinds.function, gate.at, gate.at, 'gate')),
    ...progression.environments.items.map(environment => environmentSymbol(document, environment)),
  ].filter(child => child !== undefined)
  children.sort((one, other) => before(one.selectionRange, other.selectionRange))
  return {
    name: progression.name || 'progression',
    kind: kinds.module,
    range: whole,
    selectionRange: inside(whole, range(document, progression.at) ?? {start: whole.start, end: whole.start}),
    children,
  }
}

function environmentSymbol(document: Document, environment: Environment): DocumentSymbol | undefined {
  const found = symbol(document, environment.name, kinds.namespace, environment.at, environment.extent, undefined)
  if (!found) return undefined
  const own = environment.steps.items.flatMap(step => {
    const child = symbol(document, step.kind, kinds.event, step.at, step.at, step.detail)
    // Steps that every environment has stand nowhere but at its name; what comes from the defaults stands elsewhere, and a child must lie in its parent.
    return child && contains(found.range, child.range) && before(found.selectionRange, child.range) !== 0 ? [child] : []
  })
  return {...found, children: own}
}

function symbol(document: Document, name: string, kind: SymbolKind, at: Place, extent: Place, detail: string | undefined): DocumentSymbol | undefined {
  const selectionRange = range(document, at)
  const whole = range(document, extent)
  if (!selectionRange || !whole) return undefined
  // An editor refuses symbols without a name, and a half-typed one has none yet.
  return {name: name || '…', kind, detail, range: contains(whole, selectionRange) ? whole : selectionRange, selectionRange}
}

const range = (document: Document, at: Place): Range | undefined => (at.document === document.uri ? document.range(at) : undefined)

const before = (one: Range, other: Range): number => one.start.line - other.start.line || one.start.character - other.start.character

const compare = (one: Range['start'], other: Range['start']): number => one.line - other.line || one.character - other.character

const contains = (outer: Range, inner: Range): boolean => compare(outer.start, inner.start) <= 0 && compare(inner.end, outer.end) <= 0

const inside = (outer: Range, inner: Range): Range => (contains(outer, inner) ? inner : {start: outer.start, end: outer.start})

function flat(symbols: readonly DocumentSymbol[], uri: string, containerName?: string): SymbolInformation[] {
  return symbols.flatMap(({name, kind, range, children = []}) => [{name, kind, containerName, location: {uri, range}}, ...flat(children, uri, name)])
}
