import type {Hover, HoverParams} from 'vscode-languageserver-protocol'
import type {Document} from '../document/document.ts'
import type {Place} from '../model/place.ts'
import {type Environment, environmentNamed, type Progression} from '../model/progression.ts'
import {describeEnvironment} from './describe-environment.ts'
import {describeKey} from './describe-key.ts'
import {defineFeature} from './feature.ts'
import {nodeAt} from './node-at.ts'

/** An environment wherever its name stands: where it is, what comes before and after it, its steps. Else what a key means. */
export const hover = defineFeature({
  method: 'textDocument/hover',
  capability: {hoverProvider: true},
  provide({document, progressions, schemaAt}, {position}: HoverParams): Hover | null {
    const offset = document.lines.offset(position)
    for (const progression of progressions) {
      const named = environmentAt(document, progression, offset)
      if (named) return {contents: {kind: 'markdown', value: describeEnvironment(progression, named.environment)}, range: document.range(named.at)}
    }
    const found = nodeAt(document, offset)
    const node = found?.pair && schemaAt(found.path)
    if (!found?.pair || !node) return null
    const value = describeKey(String(found.pair.key.value), node)
    return value ? {contents: {kind: 'markdown', value}, range: document.range(found.pair.key.at)} : null
  },
})

/** The environment whose name is written at an offset: in its own entry, behind `after`, in a lane or a parity rule. */
function environmentAt(document: Document, progression: Progression, offset: number): {environment: Environment; at: Place} | undefined {
  const covers = (at: Place): boolean => {
    const start = document.offset(at)
    return at.document === document.uri && start !== undefined && start <= offset && offset <= start + at.end - at.start
  }
  const own = progression.environments.items.find(environment => covers(environment.at))
  if (own) return {environment: own, at: own.at}
  const uses = [
    ...progression.transitions.items.flatMap(({from, because, at}) => (typeof from === 'string' && because === 'after' ? [{name: from, at}] : [])),
    ...progression.lanes.items.flatMap(lane => lane.through.items.map(({environment: name, at}) => ({name, at}))),
  ]
  const use = uses.find(({at}) => covers(at))
  const environment = use && environmentNamed(progression, use.name)
  return use && environment ? {environment, at: use.at} : undefined
}
