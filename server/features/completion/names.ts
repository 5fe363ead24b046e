import type {Path} from '../cursor/frame.ts'
import {extentOf, type Occurrence, occurrencesIn} from '../names/marks.ts'
import type {Unit} from '../names/unit.ts'
import type {CompletionPlace} from './place.ts'

/** A name that can be written, with the text that gave it. */
export type KnownName = {readonly name: string; readonly documentation: string; readonly from: string | undefined}

/** Names of a kind in the order they were given, nearer files first; of environments behind `after`, those that come earlier. */
export function namesOf(kind: string, place: CompletionPlace, path: Path): readonly KnownName[] {
  const {chain, request, offset} = place
  const found = new Map<string, KnownName>()
  for (const unit of chain) {
    for (const occurrence of occurrencesIn(unit.section, request.schema)) {
      if (occurrence.kind !== kind || !occurrence.defines || found.has(occurrence.name)) continue
      found.set(occurrence.name, {name: occurrence.name, documentation: source(unit, occurrence), from: unit === chain[0] ? undefined : fileOf(unit)})
    }
    // A list of environments is not merged with that of the base.
    if (kind === 'environment' && found.size > 0) break
  }
  return kind === 'environment' && path[0] === 'environments' ? earlier([...found.values()], chain[0], place, offset) : [...found.values()]
}

/** An environment comes after others; behind it in the list nothing can have happened before. */
function earlier(names: readonly KnownName[], unit: Unit | undefined, {request: {schema}, cursor}: CompletionPlace, offset: number): readonly KnownName[] {
  const index = 'path' in cursor ? cursor.path[1] : undefined
  if (!unit || typeof index !== 'number') return names
  const own = unit.section.root?.kind === 'mapping' ? unit.section.root.pairs.find(({key}) => key.source === 'environments')?.value : undefined
  const item = own?.kind === 'sequence' ? own.items[index] : undefined
  const until = Math.min((item && unit.document.offset(item.at)) ?? offset, offset)
  const before = new Set(
    occurrencesIn(unit.section, schema).flatMap(({kind, defines, name, at}) =>
      kind === 'environment' && defines && (unit.document.offset(at) ?? Number.POSITIVE_INFINITY) < until ? name : [],
    ),
  )
  return names.filter(({name, from}) => from !== undefined || before.has(name))
}

const fileOf = ({document: {uri}}: Unit): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))

/** The text of a definition, as much as is read at a glance. */
function source({document}: Unit, occurrence: Occurrence): string {
  const extent = extentOf(occurrence)
  const start = document.offset(extent)
  if (start === undefined) return ''
  const line = document.lines.start(document.lines.lineAt(start))
  const lines = document.text
    .slice(start, start + extent.end - extent.start)
    .trimEnd()
    .split(/\r?\n/)
  const margin = start - line
  const cut = lines.map((text, index) => (index === 0 ? text : text.slice(Math.min(margin, text.length - text.trimStart().length))))
  return ['```yaml', ...cut.slice(0, 12), ...(cut.length > 12 ? ['…'] : []), '```'].join('\n')
}
