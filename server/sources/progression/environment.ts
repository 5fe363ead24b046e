import {type Mapping, type Node, pairOf, type Scalar, walk} from '../../document/node.ts'
import {absent, type Fact, known, knownValue, type Listing, listing, mapFact, unknown} from '../../model/fact.ts'
import type {Place} from '../../model/place.ts'
import {type Approval, type Environment, type Flags, type Rollback, rollbackTriggers, type Target, type Tier} from '../../model/progression.ts'
import {tierOfName} from '../../model/tier.ts'
import {boolean, duration, entries, field, number, oneOf, text} from './field.ts'
import {gateUses} from './gates.ts'
import {manifestSources} from './manifest-sources.ts'
import {steps} from './steps.ts'
import {fill, type Scope} from './variables.ts'

export type NameWords = Readonly<Record<string, Tier>>

/**
 * One entry of `environments`, merged with `defaults`. `top` is the document, for what every environment inherits.
 * Undefined where it has no name yet.
 */
export function environment(merged: Mapping, written: Node, top: Mapping, names: NameWords): Environment | undefined {
  const nameNode = pairOf(merged, 'name')?.value
  if (nameNode?.kind !== 'scalar' || nameNode.value === null) return undefined
  const name = nameNode.source
  const at = nameNode.at
  const production = productionOf(merged, nameNode, names)
  const tier = tierOfName(name, names)
  return {
    name,
    at,
    production,
    tier: knownValue(production)
      ? known<Tier>('production', production.at)
      : tier && tier !== 'production'
        ? known(tier, at)
        : unknown(`the name ${name} says no tier`, at),
    targets: targets(merged, top, nameNode),
    steps: steps(merged, at),
    gates: gateUses(pairOf(merged, 'gates')?.value),
    approval: field(merged, 'approval', at, approval),
    rollback: field(merged, 'rollback', at, rollback),
    flags: field(merged, 'flags', at, flags),
    extent: extentOf(written),
  }
}

/** From the first to the last character of what was written, inside its block. */
function extentOf(written: Node): Place {
  let {start, end} = written.at
  for (const {at} of walk(written)) {
    if (at.block !== written.at.block) continue
    start = Math.min(start, at.start)
    end = Math.max(end, at.end)
  }
  return {...written.at, start, end}
}

function productionOf(merged: Mapping, name: Scalar, names: NameWords): Fact<boolean> {
  const declared = field(merged, 'production', name.at, boolean)
  return declared.state === 'absent' ? known(tierOfName(name.source, names) === 'production', name.at) : declared
}

function targets(merged: Mapping, top: Mapping, name: Scalar): Listing<Target> {
  const own = pairOf(merged, 'targets')?.value
  const read = (node: Mapping, label: Scalar): Target => {
    const inherited = (key: string): Fact<string> => {
      const fact = node === merged ? absent(label.at) : field(node, key, label.at, text)
      return fact.state === 'absent' ? field(merged, key, name.at, text) : fact
    }
    const scope: Scope = {environment: name.source, target: label.source}
    const filled = (fact: Fact<string>, with_: Scope): Fact<string> => {
      if (fact.state !== 'known') return fact
      const {text: value, missing} = fill(fact.value, with_)
      return missing.length > 0 ? unknown(`\${${missing[0]}} is not known here`, fact.at) : mapFact(fact, () => value)
    }
    const cluster = filled(inherited('cluster'), scope)
    const namespace = filled(inherited('namespace'), {...scope, cluster: knownValue(cluster)})
    const manifestScope: Scope = {...scope, cluster: knownValue(cluster), namespace: knownValue(namespace)}
    const holder = [node, merged, top].find(one => pairOf(one, 'manifests')) ?? merged
    return {
      name: label.source,
      at: label.at,
      cluster,
      namespace,
      wave: field(node, 'wave', label.at, number),
      manifests: manifestSources(holder, 'manifests', name.at, manifestScope),
      rendered: unknown('not rendered yet', name.at),
    }
  }
  if (!own || (own.kind === 'scalar' && own.value === null)) return listing([read(merged, name)], merged.open ? [unknown(merged.open, name.at)] : [])
  return entries(own, item => {
    const label = pairOf(item, 'name')?.value
    return item.kind === 'mapping' && label?.kind === 'scalar' && label.value !== null ? read(item, label) : undefined
  })
}

function approval(node: Node): Approval | undefined {
  if (node.kind === 'scalar') return node.value === true ? {required: 1, groups: [], notRequester: false} : undefined
  if (node.kind !== 'mapping') return undefined
  const groups = entries(pairOf(node, 'groups')?.value, text)
  return {
    required: knownValue(field(node, 'required', node.at, number)) ?? 1,
    groups: groups.items,
    notRequester: knownValue(field(node, 'notRequester', node.at, boolean)) ?? false,
  }
}

function rollback(node: Node): Rollback | undefined {
  if (node.kind === 'scalar') return node.value === true ? {within: absent(node.at), on: rollbackTriggers} : undefined
  if (node.kind !== 'mapping') return undefined
  const on = pairOf(node, 'on')?.value
  return {within: field(node, 'within', node.at, duration), on: on ? entries(on, oneOf(...rollbackTriggers)).items : rollbackTriggers}
}

function flags(node: Node): Flags | undefined {
  if (node.kind !== 'mapping') return undefined
  const read = new Map<string, {value: Fact<unknown>; at: Place}>()
  for (const {key, value} of node.pairs) {
    const fact: Fact<unknown> = value.kind === 'scalar' ? known(value.value, value.at) : unknown(`${key.source} is not a plain value`, key.at)
    read.set(key.source, {value: fact, at: key.at})
  }
  return read
}
