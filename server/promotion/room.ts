import {conditionOf, unscheduledSince} from '../cluster/pod.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {Say} from './insist.ts'
import type {NamespaceView} from './namespace-view.ts'
import {nameOf} from './order.ts'
import type {Restore} from './restore.ts'
import {unavailableSteps} from './restore-objects.ts'

/** How long new pods may find no room before the bad ones give way, milliseconds. */
const patience = 10_000
/** How often a controller that was refused pods is woken, milliseconds. */
const wakeEvery = 2_000

type Given = {readonly step: number; readonly since: number; readonly wokenAt: number; readonly woken: number}

/** Makes room for the good pods of a rollback where a second whole set does not fit: the bad ones give way, a part at a time. */
export class Room {
  readonly #view: NamespaceView
  readonly #restore: Restore
  readonly #recorded: ReadonlyMap<string, KubernetesObject>
  readonly #say: Say
  readonly #given = new Map<string, Given>()

  constructor(view: NamespaceView, restore: Restore, recorded: readonly KubernetesObject[], say: Say) {
    this.#view = view
    this.#restore = restore
    this.#recorded = new Map(recorded.filter(({kind}) => kind === 'Deployment').map(object => [object.metadata.name, object]))
    this.#say = say
  }

  /** To be called again and again while the rollback is not through. */
  async make(signal: AbortSignal): Promise<void> {
    for (const [name, recorded] of this.#recorded) {
      const deployment = this.#view.workload(recorded)
      const now = performance.now()
      const given = this.#given.get(name) ?? {step: 0, since: now, wokenAt: now, woken: 0}
      this.#given.set(name, given)
      if (deployment === undefined || !this.#isLacking(deployment)) continue
      const step = unavailableSteps[given.step + 1]
      if (step !== undefined && now - given.since >= patience) {
        this.#say(`${nameOf(deployment)}: new pods find no room, so up to ${step} of the bad ones give way`)
        await this.#apply(recorded, {...given, step: given.step + 1, since: now, wokenAt: now}, signal)
      } else if (given.step > 0 && now - given.wokenAt >= wakeEvery) await this.#apply(recorded, {...given, wokenAt: now, woken: given.woken + 1}, signal)
    }
  }

  async #apply(recorded: KubernetesObject, given: Given, signal: AbortSignal): Promise<void> {
    this.#given.set(recorded.metadata.name, given)
    const answer = await this.#restore.one(recorded, unavailableSteps[given.step], signal, given.woken)
    if (!answer.ok) this.#say(answer.error.message)
  }

  #isLacking(deployment: KubernetesObject): boolean {
    if (conditionOf(deployment, 'ReplicaFailure')?.status === 'True') return true
    return this.#view.podsOf(deployment).some(pod => this.#view.isNew(pod, deployment) && unscheduledSince(pod) !== undefined)
  }
}
