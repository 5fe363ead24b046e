import {isReady, isTerminating} from '../cluster/pod.ts'
import {resources} from '../cluster/resource.ts'
import {rolloutStatus} from '../cluster/rollout.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import {BadEndpoints} from './bad-endpoints.ts'
import type {Say} from './insist.ts'
import {isWorkload, NamespaceView} from './namespace-view.ts'
import {nameOf} from './order.ts'
import {Restore} from './restore.ts'
import {Room} from './room.ts'
import type {Kinds, Site} from './site.ts'
import {fail, pass, stopped, type Verdict} from './verdict.ts'

export type Journey = {
  readonly site: Site
  readonly kinds: Kinds
  readonly autoscaled: ReadonlySet<string>
  /** What is to be there. */
  readonly recorded: readonly KubernetesObject[]
  /** What is there now and is not among `recorded`. */
  readonly created: readonly KubernetesObject[]
  /** `performance.now()` of the verdict. */
  readonly verdictAt: number
}

/** `seconds`: verdict to last bad endpoint; undefined while bad pods serve. */
export type Arrival = {readonly verdict: Verdict; readonly seconds: number | undefined}

const tick = 500

/** Brings a target back to recorded objects, and measures how long bad pods go on serving. */
export async function goBack(journey: Journey, say: Say, signal: AbortSignal): Promise<Arrival> {
  const {site, kinds, autoscaled, recorded, created} = journey
  const view = await NamespaceView.open(site, [...recorded, ...created].filter(isWorkload), signal)
  try {
    const restore = new Restore(site, kinds, autoscaled, say)
    const {applied, leaving, errors} = await restore.all(recorded, created, signal)
    const course = new Course(journey, view, restore, applied.filter(isWorkload), leaving.filter(isWorkload), say)
    const arrival = await course.follow(signal)
    if (signal.aborted) return {verdict: stopped('the rollback was stopped before it was through'), seconds: arrival.seconds}
    const calmed = await restore.calm(recorded, signal)
    const problems = [...errors, ...calmed].map(({message}) => message)
    if (problems.length > 0) return {verdict: fail(problems.join(' ')), seconds: arrival.seconds}
    return arrival
  } finally {
    view.close()
  }
}

/** Follows a rollback until every workload is back, and helps where controllers alone would not get there. */
class Course {
  readonly #journey: Journey
  readonly #view: NamespaceView
  readonly #workloads: readonly KubernetesObject[]
  readonly #bad: BadEndpoints
  readonly #say: Say
  readonly #room: Room
  #cleanAt: number | undefined

  constructor(journey: Journey, view: NamespaceView, restore: Restore, workloads: readonly KubernetesObject[], leaving: readonly KubernetesObject[], say: Say) {
    this.#journey = journey
    this.#view = view
    this.#room = new Room(view, restore, journey.recorded, say)
    this.#workloads = workloads
    this.#bad = new BadEndpoints(view, workloads, leaving)
    this.#say = say
  }

  async follow(signal: AbortSignal): Promise<Arrival> {
    const {rolloutTimeout} = this.#journey.site.target
    let began = performance.now()
    let waiting: string | undefined
    while (!signal.aborted) {
      this.#measure()
      waiting = this.#waiting()
      if (waiting === undefined && this.#cleanAt !== undefined) return {verdict: pass('back'), seconds: this.#seconds()}
      // A cluster that does not answer proves nothing: the time runs only while we can see.
      if (this.#view.problem !== undefined) began = performance.now()
      if (performance.now() - began > rolloutTimeout) break
      await this.#freeStuckPods(signal)
      await this.#room.make(signal)
      await this.#view.changed(tick, signal)
    }
    return {verdict: fail(`not back within ${Math.round(rolloutTimeout / 1000)} s: ${waiting ?? 'bad pods still serve'}`), seconds: this.#seconds()}
  }

  #seconds(): number | undefined {
    return this.#cleanAt === undefined ? undefined : Math.round((this.#cleanAt - this.#journey.verdictAt) / 100) / 10
  }

  #measure(): void {
    const bad = this.#bad.count()
    if (bad === 0 && this.#cleanAt === undefined) {
      this.#cleanAt = performance.now()
      this.#say(`No bad pod serves any more, ${this.#seconds()} s after the verdict`)
    } else if (bad !== 0) this.#cleanAt = undefined
  }

  #waiting(): string | undefined {
    for (const applied of this.#workloads) {
      const workload = this.#view.workload(applied)
      if (workload === undefined) return `${nameOf(applied)} is not there`
      if ((workload.metadata.generation ?? 0) < (applied.metadata.generation ?? 0)) return `${nameOf(applied)}: the change is not seen yet`
      const {state, message} = rolloutStatus(workload)
      // A progress deadline that the bad release has exceeded stays on record until the controller has looked again.
      if (state !== 'done') return message
    }
    return undefined
  }

  /** An ordered StatefulSet waits for its broken pod for ever (kubernetes #67250): deleted, it comes back as it was. */
  async #freeStuckPods(signal: AbortSignal): Promise<void> {
    for (const applied of this.#workloads.filter(({kind}) => kind === 'StatefulSet')) {
      const set = this.#view.workload(applied)
      const observed = (set?.status as {observedGeneration?: number} | undefined)?.observedGeneration ?? 0
      if (set === undefined || observed < (applied.metadata.generation ?? 0)) continue
      const stuck = this.#view.podsOf(set).filter(pod => !isReady(pod) && !isTerminating(pod) && !this.#view.isNew(pod, set))
      for (const pod of stuck) {
        this.#say(`Deletes pod ${pod.metadata.name}, which is not ready and keeps ${nameOf(set)} from going back`)
        const removed = await this.#journey.site.connection.objects.remove(resources.pods, pod, signal)
        if (!removed.ok) this.#say(removed.error.message)
      }
    }
  }
}
