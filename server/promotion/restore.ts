import {apply} from '../cluster/apply.ts'
import {type ClusterError, failed, type Result, succeeded} from '../cluster/errors.ts'
import type {Resource} from '../cluster/resource.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import {applyAutoscaled} from './deploy.ts'
import {inParallel, insist, type Say} from './insist.ts'
import {nameOf} from './order.ts'
import {isAutoscaled} from './replicas.ts'
import {hurried, isHurried, scaledToZero, type UnavailableStep, withEnoughReplicas, woken} from './restore-objects.ts'
import {type Kinds, kindOf, type Site} from './site.ts'
import {findTwin, parallel} from './survey.ts'

/** Kept data is not put back by applying it, and what claims it cannot be changed. */
const leftAlone = ['PersistentVolumeClaim', 'PersistentVolume', 'Secret']

export type Restored = {readonly applied: readonly KubernetesObject[]; readonly leaving: readonly KubernetesObject[]; readonly errors: readonly ClusterError[]}

/** Puts recorded objects back, by force, and brings workloads that the target revision lacks to zero. */
export class Restore {
  readonly #site: Site
  readonly #kinds: Kinds
  readonly #autoscaled: ReadonlySet<string>
  readonly #say: Say

  constructor(site: Site, kinds: Kinds, autoscaled: ReadonlySet<string>, say: Say) {
    this.#site = site
    this.#kinds = kinds
    this.#autoscaled = autoscaled
    this.#say = say
  }

  /**
   * Applies everything once, kind by kind, objects of one kind side by side: while bad pods serve, every second counts. A silent cluster is asked until it answers or a person stops it; an object that the cluster refuses is
   * noted, and the others go on: half a rollback is better than none.
   */
  async all(recorded: readonly KubernetesObject[], created: readonly KubernetesObject[], signal: AbortSignal): Promise<Restored> {
    const applied: KubernetesObject[] = []
    const leaving: KubernetesObject[] = []
    const errors: ClusterError[] = []
    for (const alike of byKind(recorded.filter(({kind}) => !leftAlone.includes(kind)))) {
      await inParallel(alike, parallel, async object => {
        const answer = await this.one(object, undefined, signal)
        if (answer.ok) applied.push(answer.value)
        else errors.push(naming(answer.error, object))
      })
    }
    await inParallel(created, parallel, async object => {
      const zero = scaledToZero(object)
      const answer = zero === undefined ? succeeded(undefined) : await this.#toZero(zero, signal)
      if (!answer.ok) errors.push(naming(answer.error, object))
      else if (answer.value !== undefined) leaving.push(answer.value)
    })
    return {applied, leaving, errors}
  }

  /** Applies one object in a hurry, with the bad pods giving way as far as `unavailable` says. `wake` is counted up to wake its controller. */
  async one(object: KubernetesObject, unavailable: UnavailableStep, signal: AbortSignal, wake = 0): Promise<Result<KubernetesObject>> {
    const live = await this.#live(object, signal)
    if (!live.ok) return live
    const sent = hurried(withEnoughReplicas(object, live.value, this.#autoscaled), live.value, unavailable)
    return this.#send(wake > 0 ? woken(sent, wake) : sent, signal)
  }

  /** Puts back the strategies that the hurry changed. */
  async calm(recorded: readonly KubernetesObject[], signal: AbortSignal): Promise<readonly ClusterError[]> {
    const errors: ClusterError[] = []
    for (const object of recorded.filter(isHurried)) {
      const live = await this.#live(object, signal)
      const answer = live.ok ? await this.#send(withEnoughReplicas(object, live.value, this.#autoscaled), signal) : live
      if (!answer.ok) errors.push(naming(answer.error, object))
    }
    return errors
  }

  #live(object: KubernetesObject, signal: AbortSignal): Promise<Result<KubernetesObject | undefined>> {
    if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet') return Promise.resolve(succeeded(undefined))
    return this.#insist(() => findTwin(this.#site, this.#kinds, object, signal), signal)
  }

  /** What the failed release did not get to create must not be created now. */
  async #toZero(object: KubernetesObject, signal: AbortSignal): Promise<Result<KubernetesObject | undefined>> {
    const live = await this.#insist(() => findTwin(this.#site, this.#kinds, object, signal), signal)
    if (!live.ok || live.value === undefined) return live
    return this.#insist(() => apply(this.#site.connection, this.#resource(object), object, {force: true}, signal), signal)
  }

  #send(object: KubernetesObject, signal: AbortSignal): Promise<Result<KubernetesObject>> {
    if (!this.#kinds.has(kindOf(object))) return Promise.resolve(failed('unknownKind', `The cluster no longer serves ${kindOf(object)}.`))
    if (isAutoscaled(object, this.#autoscaled))
      return this.#insist(() => applyAutoscaled(this.#site, {kinds: this.#kinds}, object, {force: true}, signal), signal)
    return this.#insist(() => apply(this.#site.connection, this.#resource(object), object, {force: true}, signal), signal)
  }

  #resource(object: KubernetesObject): Resource {
    const resource = this.#kinds.get(kindOf(object))
    if (resource === undefined) throw new Error(`No resource was found for ${nameOf(object)}.`)
    return resource
  }

  #insist<T>(act: () => Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>> {
    return insist(act, Number.POSITIVE_INFINITY, this.#say, signal)
  }
}

/** Objects in their order, those of one kind together. */
function byKind(objects: readonly KubernetesObject[]): readonly (readonly KubernetesObject[])[] {
  const groups = new Map<string, KubernetesObject[]>()
  for (const object of objects) groups.set(kindOf(object), [...(groups.get(kindOf(object)) ?? []), object])
  return [...groups.values()]
}

const naming = (error: ClusterError, object: KubernetesObject): ClusterError => ({...error, message: `${nameOf(object)}: ${error.message}`})
