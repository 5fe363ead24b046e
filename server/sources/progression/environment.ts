import {type Mapping, type Node, pairOf, type Scalar, walk} from '../../document/node.ts'
import {absent, type Fact, known, knownValue, type Listing, listing, mapFact, unknown} from '../../model/fact.ts'
import type {Place} from '../../model/place.ts'
import type {Environment, Target, Tier} from '../../model/progression.ts'
import {tierOfName} from '../../model/tier.ts'
import {approval} from './approval.ts'
import {boolean, entries, field, number, text} from './field.ts'
import {flags} from './flags.ts'
import {gateUses} from './gates.ts'
import {manifestSources} from './manifest-sources.ts'
import {engine, freezes, migration, own, runner, waves} from './operation.ts'
import {paths} from './paths.ts'
import {rollback} from './rollback.ts'
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
  const places = targets(merged, top, nameNode)
  return {
    name,
    at,
    production,
    tier: knownValue(production)
      ? known<Tier>('production', production.at)
      : tier && tier !== 'production'
        ? known(tier, at)
        : unknown(`the name ${name} says no tier`, at),
    targets: places,
    steps: steps(merged, at),
    gates: gateUses(pairOf(merged, 'gates')?.value),
    approval: field(merged, 'approval', at, approval),
    rollback: field(merged, 'rollback', at, rollback),
    flags: field(merged, 'flags', at, flags({environment: name})),
    migration: field(merged, 'migrate', at, migration),
    freezes: freezes(merged),
    waves: field(merged, 'waves', at, waves),
    runner: own(merged, top, 'runner', at, runner),
    engine: own(merged, top, 'engine', at, engine),
    paths: paths(merged, top, places.items.map(scopeOf(name))),
    extent: extentOf(written),
  }
}

const scopeOf =
  (environment: string) =>
  ({name: target, cluster, namespace}: Target): Scope => ({environment, target, cluster: knownValue(cluster), namespace: knownValue(namespace)})

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
    const holder = [node, merged, top].find(one => pairOf(one, 'manifests')) ?? (top.open ? top : merged)
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
