import {type Mapping, type Node, pairOf, type Scalar} from '../../document/node.ts'
import {parseDuration} from '../../model/duration.ts'
import {absent, type Fact, known, type Listing, type Unknown, unknown} from '../../model/fact.ts'
import type {Limit} from '../../model/gate.ts'
import type {Place} from '../../model/place.ts'
import type {Duration} from '../../model/progression.ts'

/** Turns a node into a value, or undefined where it is of the wrong kind; the schema reports that. */
export type Convert<T> = (node: Node) => T | undefined

/**
 * What a map says under a key. A key that is not there is absent at `at`, unless the map does not parse; an empty value is
 * unfinished and so unknown; a written null takes away what stood below it.
 */
export function field<T>(node: Node | undefined, key: string, at: Place, convert: Convert<T>): Fact<T> {
  if (!node) return absent(at)
  if (node.kind !== 'mapping') return unknown('the map around it cannot be read', node.at)
  const pair = pairOf(node, key)
  if (!pair) return node.open ? unknown(node.open, at) : absent(at)
  const {value} = pair
  if (value.kind === 'empty') return unknown(`${key} is unfinished`, pair.key.at)
  if (value.kind === 'broken') return unknown(value.why, value.at)
  if (value.kind === 'scalar' && value.value === null) return absent(pair.key.at)
  const converted = convert(value)
  return converted === undefined ? unknown(`${key} has a value of the wrong kind`, placeOf(value, pair.key)) : known(converted, placeOf(value, pair.key))
}

/** Where to show a value: itself, or the key above it where it is a block of several lines. */
export const placeOf = (value: Node, key: Scalar): Place => (value.kind === 'scalar' || ('flow' in value && value.flow) ? value.at : key.at)

export const text: Convert<string> = node =>
  node.kind !== 'scalar' || node.value === null ? undefined : typeof node.value === 'string' ? node.value : node.source
export const boolean: Convert<boolean> = node => (node.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined)
export const number: Convert<number> = node => (node.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined)
export const duration: Convert<Duration> = node => (node.kind === 'scalar' && node.value !== null ? parseDuration(node.source) : undefined)

const magnitudes: Readonly<Record<string, number>> = Object.fromEntries(
  [...'kMGTPE'].flatMap((prefix, index) => [
    [prefix, 1000 ** (index + 1)],
    [`${prefix === 'k' ? 'K' : prefix}i`, 1024 ** (index + 1)],
  ]),
)

/** A limit of a gate: a number, a percentage (as a fraction), a duration (in seconds) or a quantity; a number may stand in quotes. */
export const limit: Convert<Limit> = node => {
  if (node.kind !== 'scalar' || node.value === null) return undefined
  const written = node.source
  if (typeof node.value === 'number') return {value: node.value, unit: 'number', written}
  const [, amount = '', suffix = ''] = /^([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(%|[KMGTPE]i|[kMGTPE])?$/.exec(written) ?? []
  if (amount && suffix === '%') return {value: Number(amount) / 100, unit: 'percent', written}
  if (amount) return {value: Number(amount) * (magnitudes[suffix] ?? 1), unit: suffix ? 'quantity' : 'number', written}
  const milliseconds = parseDuration(written)
  return milliseconds === undefined ? undefined : {value: milliseconds / 1000, unit: 'duration', written}
}

/** A word of a closed set. */
export const oneOf =
  <T extends string>(...words: readonly T[]): Convert<T> =>
  node =>
    node.kind === 'scalar' ? words.find(word => word === node.value) : undefined

/** A list, or one value that stands for a list of one; what cannot be read leaves the listing open. */
export function entries<T>(node: Node | undefined, convert: (item: Node, index: number) => T | undefined): Listing<T> {
  if (!node || (node.kind === 'scalar' && node.value === null)) return {items: [], open: []}
  if (node.kind === 'empty' || node.kind === 'broken' || node.kind === 'alias') return {items: [], open: [unknown('unfinished', node.at)]}
  const list = node.kind === 'sequence' ? node.items : [node]
  const items: T[] = []
  const open: Unknown[] = node.kind === 'sequence' && node.open ? [unknown(node.open, node.at)] : []
  list.forEach((item, index) => {
    const converted = convert(item, index)
    if (converted === undefined) open.push(unknown('an entry cannot be read', item.at))
    else items.push(converted)
  })
  return {items, open}
}

/** The pairs of a map as a listing; what is no map leaves it open. */
export function pairs(node: Node | undefined): Listing<Mapping['pairs'][number]> {
  if (!node || (node.kind === 'scalar' && node.value === null)) return {items: [], open: []}
  if (node.kind !== 'mapping') return {items: [], open: [unknown('unfinished', node.at)]}
  return {items: node.pairs, open: node.open ? [unknown(node.open, node.at)] : []}
}
