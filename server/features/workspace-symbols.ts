import type {SymbolKind, WorkspaceSymbol, WorkspaceSymbolParams} from 'vscode-languageserver-protocol'
import {valueAt} from '../document/node.ts'
import {defineWorkspaceFeature} from './feature.ts'
import {occurrencesIn} from './names/marks.ts'

/** Numbers of the protocol, because this folder takes only types from it; the same as in the outline of a document. */
const kinds: Readonly<Record<string, SymbolKind>> = {progression: 2, environment: 3, gate: 12, cluster: 19}

/** More than anybody reads; who searches goes on typing. */
const most = 500

/** The progressions of the workspace with their environments, gates and clusters, by letters of their names in order. */
export const workspaceSymbols = defineWorkspaceFeature({
  method: 'workspace/symbol',
  capability: {workspaceSymbolProvider: true},
  async provide({documents, schema, spelling}, {query}: WorkspaceSymbolParams, signal): Promise<WorkspaceSymbol[]> {
    const found: WorkspaceSymbol[] = []
    for await (const document of documents(signal)) {
      const uri = spelling(document.uri)
      for (const {section} of document.sections) {
        const name = valueAt(section.root, 'name')
        const containerName = name?.kind === 'scalar' ? name.source : undefined
        for (const one of occurrencesIn(section, schema)) {
          const kind = kinds[one.kind]
          const range = kind && one.defines && matches(one.name, query) ? document.range(one.at) : undefined
          if (range && kind) found.push({name: one.name, kind, containerName: one.kind === 'progression' ? undefined : containerName, location: {uri, range}})
          if (found.length === most) return found
        }
      }
    }
    return found
  },
})

function matches(name: string, query: string): boolean {
  let at = 0
  for (const character of query.toLowerCase()) {
    if (/\s/.test(character)) continue
    at = name.toLowerCase().indexOf(character, at) + 1
    if (at === 0) return false
  }
  return true
}
