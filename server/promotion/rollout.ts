import {conditionOf, isReady, type Trouble, troubleOf} from '../cluster/pod.ts'
import {rolloutStatus} from '../cluster/rollout.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {Say} from './insist.ts'
import {isWorkload, NamespaceView} from './namespace-view.ts'
import {nameOf} from './order.ts'
import type {Site} from './site.ts'
import {fail, inconclusive, pass, stopped, type Verdict} from './verdict.ts'
import {count} from './words.ts'

/** How often time-bound states are looked at again where nothing changes, milliseconds. */
const tick = 1_000
/** A quota or an admission plugin that refuses pods may be met in passing. */
const refusedPodsPatience = 10_000

/**
 * Waits until every workload is rolled out as `kubectl rollout status` has it, and fails sooner: on pods that will not come up by waiting.
 * `applied` are the objects as the API server answered them, whose generation tells what the controllers must have seen.
 * @param timeout milliseconds
 */
export async function awaitRollout(site: Site, applied: readonly KubernetesObject[], timeout: number, say: Say, signal: AbortSignal): Promise<Verdict> {
  const workloads = applied.filter(isWorkload)
  if (workloads.length === 0) return pass('nothing has a rollout')
  const view = await NamespaceView.open(site, workloads, signal)
  try {
    const began = performance.now()
    const watch = new TroubleWatch()
    let told = ''
    while (!signal.aborted) {
      const now = judge(view, workloads, watch)
      if (now.verdict === 'pass' || now.verdict === 'fail') return now
      if (now.message !== told) say(now.message)
      told = now.message
      if (performance.now() - began > timeout) {
        if (view.problem !== undefined) return inconclusive(`The rollout cannot be judged: ${view.problem.message}`)
        return fail(`not rolled out within ${Math.round(timeout / 1000)} s: ${now.message}`)
      }
      await view.changed(tick, signal)
    }
    return stopped('stopped while the release was rolling out')
  } finally {
    view.close()
  }
}

function judge(
  view: NamespaceView,
  workloads: readonly KubernetesObject[],
  watch: TroubleWatch,
): Verdict | {readonly verdict: 'waiting'; readonly message: string} {
  const waiting: string[] = []
  for (const applied of workloads) {
    const workload = view.workload(applied)
    if (workload === undefined) {
      if (view.problem === undefined) return fail(`${nameOf(applied)} was deleted while it rolled out`)
      waiting.push(view.problem.message)
      continue
    }
    const behind = (workload.metadata.generation ?? 0) < (applied.metadata.generation ?? 0)
    const status = rolloutStatus(workload)
    if (behind || status.state === 'waiting') {
      const trouble = watch.lasting(troublesOf(view, workload))
      if (trouble !== undefined) return fail(`${nameOf(workload)}: ${trouble}`)
      waiting.push(status.message)
    } else if (status.state === 'failed') return fail(status.message)
  }
  const [first] = waiting
  return first === undefined ? pass(`${count(workloads.length, 'workload')} rolled out`) : {verdict: 'waiting', message: first}
}

function troublesOf(view: NamespaceView, workload: KubernetesObject): readonly Trouble[] {
  const observed = (workload.status as {observedGeneration?: number} | undefined)?.observedGeneration ?? 0
  // Until the controller has seen the change, what it calls new is the old release.
  if (observed < (workload.metadata.generation ?? 0)) return []
  const refused = conditionOf(workload, 'ReplicaFailure')
  const pods = view.podsOf(workload).filter(pod => !isReady(pod) && view.isNew(pod, workload))
  return [
    ...pods.flatMap(pod => troubleOf(pod) ?? []),
    ...(refused?.status === 'True'
      ? [{key: nameOf(workload), message: `pods cannot be created: ${refused.message ?? refused.reason ?? ''}`, patience: refusedPodsPatience}]
      : []),
  ]
}

/** Remembers since when each trouble is there. */
class TroubleWatch {
  readonly #since = new Map<string, number>()

  /** The first trouble that has lasted longer than it may. */
  lasting(troubles: readonly Trouble[]): string | undefined {
    const now = performance.now()
    for (const {key} of troubles) if (!this.#since.has(key)) this.#since.set(key, now)
    return troubles.find(({key, patience}) => now - (this.#since.get(key) ?? now) >= patience)?.message
  }
}
