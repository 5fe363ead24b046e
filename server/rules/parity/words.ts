import {folderOf, isWithin, relativePath} from '../../document/uri.ts'
import type {Uri} from '../../model/files.ts'
import {inWords} from '../words.ts'
import type {Difference} from './difference.ts'
import type {Compared} from './objects.ts'
import type {Pair} from './pairs.ts'

/** An object that differs, or that one side alone has. */
export type Different = {readonly earlier?: Compared; readonly later?: Compared; readonly differences: readonly Difference[]}

/** All differences of a pair in one text, with both values, both places and the way out. */
export function message(pair: Pair, subject: string, found: readonly Different[], document: Uri): string {
  const wayOut = pair.declared ? 'Bring them closer, or allow the difference under parity.' : 'Bring them closer, or say under parity what may differ.'
  const objects = inWords(
    found.map(one => objectInWords(pair, one, document)),
    3,
  )
  return `${pair.earlier.name} and ${pair.later.name} differ in ${subject}: ${objects}. ${wayOut}`
}

function objectInWords(pair: Pair, {earlier, later, differences}: Different, document: Uri): string {
  const one = later ?? earlier
  if (!one) return ''
  const places = [earlier, later].flatMap(object => (object ? placeOf(object, document) : []))
  const where = places.length > 0 ? ` (${[...new Set(places)].join(', ')})` : ''
  if (differences.length === 0) return `${one.kind} ${one.name} only in ${earlier ? pair.earlier.name : pair.later.name}${where}`
  return `${one.kind} ${one.plainName} ${differencesInWords(pair, differences)}${where}`
}

/** Where one environment alone has all of it, its name is said once. */
function differencesInWords(pair: Pair, differences: readonly Difference[]): string {
  const only = differences[0]?.only
  if (!only || differences.some(one => one.only !== only)) {
    return inWords(
      differences.map(one => differenceInWords(pair, one)),
      5,
    )
  }
  const labels = differences.map(one => labelled(one.label, one[only]))
  return `${inWords(labels, 5)} only in ${pair[only].name}`
}

function differenceInWords(pair: Pair, {label, earlier, later, only}: Difference): string {
  if (only) return `${labelled(label, earlier ?? later)} only in ${only === 'earlier' ? pair.earlier.name : pair.later.name}`
  return `${label} ${brief(earlier ?? 'nothing')} against ${brief(later ?? 'nothing')}`
}

/** A key has no value to show. */
const labelled = (label: string, value = ''): string => (value === '' ? label : `${label} ${brief(value)}`)

const brief = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

/** What the later environment has, for the place where it is named. */
export function sideOf({later}: Pair, found: readonly Different[]): string {
  const values = found.flatMap(({later: object, differences}) => {
    if (!object) return []
    if (differences.length === 0) return [`${object.kind} ${object.name}`]
    return differences.flatMap(({label, later: value, only}) => (only === 'earlier' ? [] : [`${labelled(label, value)} of ${object.name}`]))
  })
  return values.length === 0 ? `${later.name} has nothing of the kind.` : `${later.name}: ${inWords(values, 3)}.`
}

/** File and line as far as the engine knows them, as seen from the progression. */
function placeOf({manifest: {origin, line}}: Compared, document: Uri): readonly string[] {
  if (origin === undefined) return []
  let [folder, up] = [folderOf(document), '']
  while (!isWithin(origin, folder) && folder !== folderOf(folder)) [folder, up] = [folderOf(folder), `${up}../`]
  const path = `${up}${relativePath(folder, origin)}`
  return [line === undefined ? path : `${path}:${line}`]
}
