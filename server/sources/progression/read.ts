import {type Mapping, type Node, pairOf} from '../../document/node.ts'
import type {Section} from '../../document/section.ts'
import {type Fact, known, type Listing, listing, type Unknown, unknown} from '../../model/fact.ts'
import type {Uri} from '../../model/files.ts'
import type {Place} from '../../model/place.ts'
import type {Problem} from '../../model/problem.ts'
import {type Environment, type Lane, type Level, levels, type ParityRule, type Progression, type Transition} from '../../model/progression.ts'
import {approval} from './approval.ts'
import {environment, type NameWords} from './environment.ts'
import {entries, field, number, oneOf, pairs, text} from './field.ts'
import {gates} from './gates.ts'
import {merge} from './merge.ts'

export type Reading = {
  readonly progression: Progression
  /** The document with `extends` merged in, and each environment with `defaults`: for what is resolved later. */
  readonly top: Mapping
  readonly environments: readonly {readonly name: string; readonly merged: Mapping}[]
}

/**
 * Reads one document of the format into the model. `root` has its aliases resolved, `base` is what `extends` names, already
 * merged with its own bases. `problems` are those found so far; reading adds none about structure, the schema does that.
 */
export function read(
  section: Section,
  uri: Uri,
  index: number,
  root: Mapping,
  base: Mapping | undefined,
  problems: readonly Problem[],
  names: NameWords,
): Reading {
  const top = merge(base, root) as Mapping
  const nameNode = pairOf(top, 'name')?.value
  const name = nameNode?.kind === 'scalar' && nameNode.value !== null ? nameNode.source : ''
  const at = nameNode?.kind === 'scalar' ? nameNode.at : section.at
  const defaults = pairOf(top, 'defaults')?.value
  const inherited = defaults ? (isUnfinished(defaults) ? 'defaults is unfinished' : undefined) : top.open
  const positions: (Positioned | undefined)[] = []
  const written = pairOf(top, 'environments')?.value
  const environments = entries(written, (item, index) => {
    positions[index] = undefined
    if (item.kind !== 'mapping') return undefined
    const whole = merge(defaults, item) as Mapping
    // What is inherited may be in a part that cannot be read: half-written defaults, a base that is not there.
    const found = environmentOnce(whole, inherited, item, top, names)
    positions[index] = found && {environment: found, merged: whole}
    return found
  })
  const missing: Unknown[] = !written && top.open ? [unknown(top.open, section.at)] : []
  // A key that is not here may still be meant, in a base that is not there or in text that does not parse.
  const more = <T>(found: Listing<T>, key: string): Listing<T> =>
    !pairOf(top, key) && top.open ? listing(found.items, [unknown(top.open, section.at)]) : found
  const progression: Progression = {
    name,
    at,
    document: uri,
    index,
    source: 'progression',
    environments: listing(environments.items, [...environments.open, ...missing]),
    transitions: transitions(positions, environments.open),
    clusters: more(clusters(top), 'clusters'),
    gates: more(gates(pairOf(top, 'gates')?.value), 'gates'),
    lanes: more(lanes(top), 'lanes'),
    images: more(
      entries(pairOf(top, 'images')?.value, item => (item.kind === 'scalar' && item.value !== null ? {name: item.source, at: item.at} : undefined)),
      'images',
    ),
    paths: listing([...new Set(environments.items.flatMap(one => one.paths))], environments.open),
    parity: parity(top, at),
    levels: ruleLevels(top),
    problems,
  }
  return {progression, top, environments: positions.flatMap(one => (one ? [{name: one.environment.name, merged: one.merged}] : []))}
}

type ReadEnvironment = {
  readonly inherited: string | undefined
  readonly written: Node
  /** What the document gives to every environment. */
  readonly shared: readonly (Node | string | undefined)[]
  readonly names: NameWords
  readonly environment: Environment | undefined
}

/** What was read of an environment before, by its merged map: a key stroke elsewhere changes none of what it was read from. */
const readBefore = new WeakMap<Mapping, ReadEnvironment>()

function environmentOnce(whole: Mapping, inherited: string | undefined, written: Node, top: Mapping, names: NameWords): Environment | undefined {
  const shared = [top.open, ...['manifests', 'runner', 'engine'].map(key => pairOf(top, key)?.value)]
  const before = readBefore.get(whole)
  if (
    before &&
    before.inherited === inherited &&
    before.written === written &&
    before.names === names &&
    shared.every((one, index) => one === before.shared[index])
  )
    return before.environment
  const read = environment({...whole, open: whole.open ?? inherited}, written, top, names)
  readBefore.set(whole, {inherited, written, shared, names, environment: read})
  return read
}

const isUnfinished = (node: Node): boolean => node.kind !== 'mapping' && !(node.kind === 'scalar' && node.value === null)

type Positioned = {readonly environment: Environment; readonly merged: Mapping}

/** `positions` follows the list as written; an entry that cannot be read is a hole, and what follows it may come after anything. */
function transitions(positions: readonly (Positioned | undefined)[], missing: readonly Unknown[]): Listing<Transition> {
  const open: Unknown[] = [...missing]
  const items = positions.flatMap((one, index): Transition[] => {
    if (!one) return []
    const {environment: to, merged} = one
    const common = {to: to.name, automatic: known(false, to.at), approval: to.approval}
    const after = pairOf(merged, 'after')?.value
    if (after && !(after.kind === 'scalar' && after.value === null)) {
      const listed = entries(after, item => (item.kind === 'scalar' && item.value !== null ? {name: item.source, at: item.at} : undefined))
      open.push(...listed.open)
      return listed.items.map(from => ({...common, from: from.name, because: 'after', at: from.at}))
    }
    // Its `after` may not be written yet.
    if (merged.open) open.push(unknown(merged.open, to.at))
    const before = positions[index - 1]
    return before && !merged.open ? [{...common, from: before.environment.name, because: 'listed', at: to.at}] : []
  })
  return listing(items, open)
}

function clusters(top: Mapping): Progression['clusters'] {
  const {items, open} = pairs(pairOf(top, 'clusters')?.value)
  return listing(
    items.map(({key, value}) => ({name: key.source, at: key.at, context: field(value, 'context', key.at, text), uid: field(value, 'uid', key.at, text)})),
    open,
  )
}

function lanes(top: Mapping): Listing<Lane> {
  const {items, open} = pairs(pairOf(top, 'lanes')?.value)
  return listing(
    items.map(({key, value}) => ({
      name: key.source,
      at: key.at,
      through: entries(pairOf(value, 'through')?.value, item =>
        item.kind === 'scalar' && item.value !== null ? {environment: item.source, at: item.at} : undefined,
      ),
      approval: field(value, 'approval', key.at, approval),
    })),
    open,
  )
}

function parity(top: Mapping, at: Place): Fact<readonly ParityRule[]> {
  return field(top, 'parity', at, node => {
    const rules = entries(node, (item): ParityRule | undefined => {
      const between = entries(pairOf(item, 'between')?.value, text)
      if (between.items.length < 2) return undefined
      const allow = entries(pairOf(item, 'allow')?.value, allowed => {
        const word = (key: string) => textOf(allowed, key)
        const ratio = pairOf(allowed, 'ratio')?.value
        return {kind: word('kind'), name: word('name'), field: word('field'), ratio: ratio && number(ratio), reason: word('reason')}
      })
      return {between: between.items, allow: allow.items, at: pairOf(item, 'between')?.key.at ?? item.at}
    })
    return rules.open.length > 0 ? undefined : rules.items
  })
}

const textOf = (node: Node, key: string): string | undefined => {
  const value = pairOf(node, key)?.value
  return value && text(value)
}

function ruleLevels(top: Mapping): Progression['levels'] {
  const found = new Map<string, {level: Level; at: Place}>()
  for (const {key, value} of pairs(pairOf(top, 'rules')?.value).items) {
    // YAML 1.1 habits: `off` is a word here, but people also write false.
    const level = value.kind === 'scalar' && value.value === false ? 'off' : oneOf(...levels)(value)
    if (level) found.set(key.source, {level, at: value.at})
  }
  return found
}
