import type {Document} from '../../document/document.ts'
import type {Place} from '../../model/place.ts'
import type {SchemaTree} from '../../model/schema-tree.ts'
import {anchorMarks} from './anchors.ts'
import {occurrencesIn} from './marks.ts'
import type {Unit} from './unit.ts'
import {variableMarks} from './variable-marks.ts'

/** Something that has a name, where the name stands. */
export type Named = {
  readonly type: 'name' | 'variable' | 'anchor' /** Of a name, what it names: environment, gate. */
  readonly kind: string
  readonly name: string
  readonly at: Place
}

export type Use = {readonly at: Place; readonly defines: boolean}

/** What is named at an offset. */
export function namedAt(unit: Unit, offset: number, schema: SchemaTree): Named | undefined {
  const {document, section} = unit
  const place = document.placeAt(offset)
  const here = ({at}: {readonly at: Place}): boolean => place !== undefined && at.block === place.block && at.start <= place.start && place.start <= at.end
  const anchor = section.hasAliases ? anchorMarks(section).find(here) : undefined
  if (anchor) return {type: 'anchor', kind: 'anchor', name: anchor.name, at: anchor.at}
  const variable = variableMarks(section).find(({whole: at}) => here({at}))
  if (variable) return {type: 'variable', kind: 'variable', name: variable.name, at: variable.at}
  const occurrence = occurrencesIn(section, schema).find(here)
  return occurrence && {type: 'name', kind: occurrence.kind, name: occurrence.name, at: occurrence.at}
}

/** Where the same thing is named in a unit, in the order of the text. Whether the unit is about the same thing is decided elsewhere. */
export function usesIn({section}: Unit, named: Named, schema: SchemaTree): readonly Use[] {
  const {type, kind, name} = named
  if (type === 'anchor') return anchorUses(named, section)
  if (type === 'variable') return variableMarks(section).flatMap(mark => (mark.name === name ? {at: mark.at, defines: false} : []))
  const all = occurrencesIn(section, schema).filter(one => one.kind === kind && one.name === name)
  // Two environments may each have a target of one name, and nothing else names targets.
  return kind === 'target' ? all.filter(({at}) => isSame(at, named.at)) : all
}

/** An alias means the last anchor of its name above it. */
function anchorUses({name, at}: Named, section: Unit['section']): readonly Use[] {
  const groups: Use[][] = []
  for (const mark of anchorMarks(section)) {
    if (mark.name !== name) continue
    if (mark.defines || groups.length === 0) groups.push([])
    groups.at(-1)?.push(mark)
  }
  return groups.find(group => group.some(use => isSame(use.at, at))) ?? []
}

export const isSame = (one: Place, other: Place): boolean => one.document === other.document && one.block === other.block && one.start === other.start

export function covers(document: Document, place: Place, offset: number): boolean {
  if (place.document !== document.uri) return false
  const start = document.offset(place)
  return start !== undefined && start <= offset && offset <= start + place.end - place.start
}
