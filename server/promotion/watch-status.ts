import {Changes} from '../cluster/changes.ts'
import {Collection} from '../cluster/collection.ts'
import type {Connections} from '../cluster/connection.ts'
import {checkCluster} from '../cluster/identity.ts'
import {resources} from '../cluster/resource.ts'
import type {ResolvedTarget, TargetStatus} from '../model/promotion.ts'
import {canonical} from './canonical.ts'
import {labels, labelValue, stateName} from './names.ts'
import {readState} from './state.ts'
import {describe, unreachable} from './status.ts'

/** A pause this long without a change is nothing to tell anybody; it only bounds the wait. Milliseconds. */
const idle = 60_000

/** The statuses now and after each change, from one watch a cluster and namespace, until the signal aborts. */
export async function* watchStatus(connections: Connections, targets: readonly ResolvedTarget[], signal: AbortSignal): AsyncIterable<readonly TargetStatus[]> {
  const own = new AbortController()
  const either = AbortSignal.any([signal, own.signal])
  const changes = new Changes()
  const follow = new Map<string, Promise<Collection | string>>()
  const keyOf = ({cluster, stateNamespace, progression}: ResolvedTarget) => JSON.stringify([cluster, stateNamespace, progression])
  for (const target of targets) if (!follow.has(keyOf(target))) follow.set(keyOf(target), begin(connections, target, changes, either))
  let told = ''
  try {
    while (!signal.aborted) {
      const statuses = await Promise.all(targets.map(async target => statusIn(await follow.get(keyOf(target)), target)))
      const now = canonical(statuses)
      if (now !== told && !signal.aborted) yield statuses
      told = now
      await changes.next(idle, signal)
    }
  } finally {
    own.abort()
  }
}

async function begin(connections: Connections, target: ResolvedTarget, changes: Changes, signal: AbortSignal): Promise<Collection | string> {
  const opened = connections.to(target.cluster.context)
  if (!opened.ok) return opened.error.message
  const checked = await checkCluster(opened.value, target.cluster.name, target.cluster.uid, signal)
  if (!checked.ok && checked.error.kind === 'wrongCluster') return checked.error.message
  const labelSelector = `${labels.kind}=state,${labels.app}=${labelValue(target.progression)}`
  const collection = new Collection(opened.value, resources.configMaps, target.stateNamespace, changes.notify, {labelSelector})
  await collection.start(signal)
  return collection
}

function statusIn(source: Collection | string | undefined, target: ResolvedTarget): TargetStatus {
  if (source === undefined || typeof source === 'string') return unreachable(target, source ?? 'nobody asked')
  const object = source.named(stateName(target))
  // What was read before the cluster fell silent is still the last that is known.
  if (object === undefined) return source.problem === undefined ? describe(target, undefined) : unreachable(target, source.problem.message)
  const stored = readState(object, target)
  return stored.ok ? describe(target, stored.value.state) : unreachable(target, stored.error.message)
}
