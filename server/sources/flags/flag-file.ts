import type {Document} from '../../document/document.ts'
import {type Mapping, type Node, pairOf, valueAt} from '../../document/node.ts'
import {baseName} from '../../document/uri.ts'
import {type Fact, known, type Unknown, unknown} from '../../model/fact.ts'
import type {Place} from '../../model/place.ts'
import type {Flag, FlagFile} from '../../model/progression.ts'
import {type Environment, isProduction} from '../../model/progression.ts'
import {tierOfName} from '../../model/tier.ts'
import {expand} from '../progression/expand.ts'

/** The flags a file holds for an environment. */
export type FlagsOfFile = {readonly values: ReadonlyMap<string, Flag>; readonly open: readonly Unknown[]}

/**
 * Reads a file of flags, YAML or JSON, for one environment: flags at the top level or under `feature_flags`, as a map for each
 * environment or one for all; or the definitions of flagd (flagd.dev/reference/flag-definitions).
 */
export function flagsOfFile(document: Document, kind: FlagFile['kind'], environment: Environment, at: Place): FlagsOfFile {
  const section = document.sections[0]?.section
  const root = section && expand(section).root
  const nothing = (why: string): FlagsOfFile => ({values: new Map(), open: [unknown(`${baseName(document.uri)} ${why}`, at)]})
  if (root?.kind !== 'mapping') return nothing('holds no map')
  if (kind === 'flagd') {
    const definitions = pairOf(root, 'flags')?.value
    return definitions?.kind === 'mapping' ? read(definitions, at, flagdValue) : nothing('has no flags')
  }
  const named = pairOf(root, 'feature_flags')?.value
  if (named && named.kind !== 'mapping') return nothing('has no map under feature_flags')
  const all = named?.kind === 'mapping' ? named : root
  const each = all.pairs.filter(({value}) => value.kind === 'mapping')
  if (each.length === 0 || each.length < all.pairs.length) return read(all, at, plainValue)
  const own = each.find(({key}) => key.source === environment.name) ?? each.find(({key}) => meansTier(key.source, environment))
  return own?.value.kind === 'mapping' ? read(own.value, at, plainValue) : nothing(`says nothing of ${environment.name}`)
}

const meansTier = (name: string, environment: Environment): boolean => {
  const tier = tierOfName(name)
  return tier !== undefined && (tier === 'production' ? isProduction(environment) : environment.tier.state === 'known' && environment.tier.value === tier)
}

function read(map: Mapping, at: Place, value: (node: Node, name: string) => Fact<unknown>): FlagsOfFile {
  const values = new Map(map.pairs.map(({key, value: node}) => [key.source, {value: value(node, key.source), at: key.at}]))
  return {values, open: map.open ? [unknown(map.open, at)] : []}
}

const plainValue = (node: Node, name: string): Fact<unknown> =>
  node.kind === 'scalar' && node.value !== null ? known(node.value, node.at) : unknown(`${name} has no plain value`, node.at)

/** On or off where nothing but the file decides: a rule under `targeting` decides for each request. */
function flagdValue(node: Node, name: string): Fact<unknown> {
  const state = valueAt(node, 'state')
  if (state?.kind === 'scalar' && state.value === 'DISABLED') return known(false, state.at)
  const targeting = valueAt(node, 'targeting')
  if (targeting?.kind === 'mapping' && targeting.pairs.length > 0) return unknown(`${name} is decided for each request`, targeting.at)
  const variant = valueAt(node, 'defaultVariant')
  const value = variant?.kind === 'scalar' && variant.value !== null ? valueAt(node, 'variants', variant.source) : undefined
  if (!variant || value?.kind !== 'scalar') return unknown(`${name} has no default variant`, node.at)
  return known(value.value, variant.at)
}
