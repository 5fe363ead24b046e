import type {Document} from '../../document/document.ts'
import type {Uri} from '../../model/files.ts'
import type {SchemaTree} from '../../model/schema-tree.ts'
import type {Surroundings} from '../feature.ts'
import {type Named, usesIn} from './named.ts'
import {baseOf, type Unit, unitOf} from './unit.ts'

/**
 * Every YAML document in which a name means the same thing: the outermost base that mentions it, and all that builds on that,
 * in the whole workspace. Variables and anchors mean the same in their own document only.
 */
export async function scopeOf(unit: Unit, named: Named, schema: SchemaTree, around: Surroundings, signal: AbortSignal): Promise<readonly Unit[]> {
  if (named.type !== 'name') return [unit]
  const chain = await chainAround(unit, around, signal)
  const outermost = chain.findLast(one => usesIn(one, named, schema).length > 0) ?? unit
  // What builds on a file builds on its first document.
  if (outermost.index > 0) return [outermost]
  const units = [outermost]
  const reach = new Map<Uri, boolean>()
  for await (const document of around.documents(signal, 'extends')) {
    for (const [index] of document.sections.entries()) {
      const other = unitOf(document, index)
      if (other && !(document.uri === outermost.document.uri && index === 0) && (await reaches(other, outermost.document.uri, reach, around, signal)))
        units.push(other)
    }
  }
  // A file outside the workspace, or one that is no progression by its name, is found from the one the question is about.
  return [
    ...units,
    ...chain.filter(one => !units.some(known => known.document.uri === one.document.uri && known.index === one.index) && isBelow(one, outermost, chain)),
  ]
}

/** What a unit builds on, nearest first, itself before all. */
export async function chainAround(unit: Unit, around: Surroundings, signal: AbortSignal): Promise<readonly Unit[]> {
  const chain: Unit[] = [unit]
  const seen = new Set<Uri>([unit.document.uri])
  for (let uri = baseOf(unit); uri !== undefined && !seen.has(uri); ) {
    seen.add(uri)
    const base = first(await around.documentAt(uri, signal))
    if (!base) break
    chain.push(base)
    uri = baseOf(base)
  }
  return chain
}

const first = (document: Document | undefined): Unit | undefined => document && unitOf(document, 0)

const isBelow = (unit: Unit, outermost: Unit, chain: readonly Unit[]): boolean => chain.indexOf(unit) < chain.indexOf(outermost)

/** Whether a unit builds on a file, over however many others. */
async function reaches(unit: Unit, target: Uri, known: Map<Uri, boolean>, around: Surroundings, signal: AbortSignal): Promise<boolean> {
  const uri = baseOf(unit)
  if (uri === undefined) return false
  if (uri === target) return true
  const before = known.get(uri)
  if (before !== undefined) return before
  known.set(uri, false)
  const base = first(await around.documentAt(uri, signal))
  const found = base !== undefined && (await reaches(base, target, known, around, signal))
  known.set(uri, found)
  return found
}
