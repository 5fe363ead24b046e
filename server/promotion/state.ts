import {randomUUID} from 'node:crypto'
import type {Connection} from '../cluster/connection.ts'
import {failed, type Result, succeeded} from '../cluster/errors.ts'
import {resources} from '../cluster/resource.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {Phase, ResolvedTarget} from '../model/promotion.ts'
import {labels, labelValue, stateName} from './names.ts'
import type {PayloadReference} from './payload.ts'

/** One entry of a target's history. Numbers only grow; a rollback is a new revision that shows what an old one showed. */
export type Revision = {
  readonly revision: number
  readonly release: string
  /** Absent for what was adopted. */
  readonly commit?: string
  readonly digests?: Readonly<Record<string, string>>
  readonly verified: boolean
  /** ISO 8601. */
  readonly createdAt: string
  readonly by: string
  /** `contentHash` of what was rendered. */
  readonly content: string
  /** Absent for a revision 0 with nothing in it: nothing was live. */
  readonly payload?: PayloadReference
  /** Names of its Secrets, which are kept for as long as it may be gone back to. */
  readonly secrets: readonly string[]
  /** The revision a rollback went back to. */
  readonly restores?: number
}

export type JournalEntry = {readonly at: string; readonly step: string; readonly by: string}

/** Enough to know an object again. */
export type ObjectName = {readonly apiVersion: string; readonly kind: string; readonly name: string; readonly namespace?: string}

/** What one target's state ConfigMap says; the only mutable record, changed only under the version that was read. */
export type TargetState = {
  readonly version: 1
  readonly progression: string
  readonly environment: string
  readonly target: string
  readonly namespace: string
  readonly phase: Phase
  /** The revision that serves, or is being brought to serve. */
  readonly serving: number
  /** The last revision that was verified, or adopted: what a failing promotion goes back to. */
  readonly safe: number
  /** Newest first. */
  readonly revisions: readonly Revision[]
  /** Raised by whoever takes the target over; a holder that meets a higher one stops. */
  readonly fence: number
  /** Written before each step. */
  readonly journal: readonly JournalEntry[]
  /** When the phase began, ISO 8601. */
  readonly since: string
  readonly by: string
  readonly message: string
  readonly reason?: string
  /** Keeps hashes of secrets from fitting elsewhere. */
  readonly salt: string
  /** Created by releases that were rolled back, and in no revision that serves; removed once a promotion is verified. */
  readonly leftovers: readonly ObjectName[]
  readonly lastRollback?: {readonly at: string; readonly from: number; readonly to: number; readonly seconds: number}
  /** Told anew by each write, so that an author whose answer got lost knows the writing for its own. */
  readonly writing: string
}

export type StoredState = {readonly state: TargetState; readonly resourceVersion: string}

export const revisionOf = (state: TargetState, revision: number): Revision | undefined => state.revisions.find(entry => entry.revision === revision)

const dataKey = 'state.json'

/** Reads and writes the state of one target. */
export class StateStore {
  readonly #connection: Connection
  readonly #target: ResolvedTarget

  constructor(connection: Connection, target: ResolvedTarget) {
    this.#connection = connection
    this.#target = target
  }

  async read(signal: AbortSignal): Promise<Result<StoredState | undefined>> {
    const found = await this.#connection.objects.find(resources.configMaps, this.#target.stateNamespace, stateName(this.#target), signal)
    if (!found.ok) return found
    return found.value === undefined ? succeeded(undefined) : readState(found.value, this.#target)
  }

  /** Writes if the state is still the one that was read (`undefined`: there was none); else answers `conflict` and changes nothing. */
  async write(state: TargetState, resourceVersion: string | undefined, signal: AbortSignal): Promise<Result<StoredState>> {
    const writing = {...state, writing: randomUUID()}
    const object = this.#object(writing, resourceVersion)
    const {objects} = this.#connection
    const answer = await (resourceVersion === undefined
      ? objects.create(resources.configMaps, object, signal)
      : objects.update(resources.configMaps, object, signal))
    if (answer.ok) return succeeded({state: writing, resourceVersion: answer.value.metadata.resourceVersion ?? ''})
    if (answer.error.kind !== 'conflict' && answer.error.kind !== 'alreadyExists' && answer.error.kind !== 'notFound') return answer
    const now = await this.read(signal)
    if (!now.ok) return now
    if (now.value?.state.writing === writing.writing) return succeeded(now.value)
    return failed('conflict', lost(this.#target, now.value?.state), answer.error.detail)
  }

  #object(state: TargetState, resourceVersion: string | undefined): KubernetesObject {
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: stateName(this.#target),
        namespace: this.#target.stateNamespace,
        resourceVersion,
        labels: {...labelsOf(this.#target, 'state'), [labels.revision]: String(state.serving), [labels.phase]: state.phase},
      },
      data: {[dataKey]: JSON.stringify(state, undefined, 1)},
    }
  }
}

/** The labels that find a target's records. */
export function labelsOf({progression, environment, target}: ResolvedTarget, kind: 'state' | 'payload'): Readonly<Record<string, string>> {
  return {
    [labels.app]: labelValue(progression),
    [labels.environment]: labelValue(environment),
    [labels.target]: labelValue(target),
    [labels.kind]: kind,
  }
}

/** The state in a ConfigMap; an error where it is damaged or another target's. */
export function readState(object: KubernetesObject, target: ResolvedTarget): Result<StoredState> {
  const {name, namespace, resourceVersion = ''} = object.metadata
  const where = `ConfigMap ${name} in namespace ${namespace}`
  let state: TargetState
  try {
    state = JSON.parse((object.data as Record<string, string> | undefined)?.[dataKey] ?? '') as TargetState
  } catch {
    return failed('invalid', `${where} is damaged: ${dataKey} is not JSON. Restore it from a backup, or delete it to begin anew with what is live.`)
  }
  if (state.version !== 1) return failed('invalid', `${where} was written by another version of progression (format ${state.version}). Use that version.`)
  const {progression, environment, target: own} = state
  if (progression !== target.progression || environment !== target.environment || own !== target.target) {
    return failed('invalid', `${where} belongs to ${progression}, ${environment}, ${own}. Choose another name or another state namespace.`)
  }
  return succeeded({state, resourceVersion})
}

function lost(target: ResolvedTarget, now: TargetState | undefined): string {
  const where = `${target.progression} in ${target.environment}`
  if (now === undefined) return `The record of ${where} was deleted in the meantime. Nothing more was written.`
  return `${now.by} has changed ${where} in the meantime: it is ${now.phase} with revision ${now.serving} (${revisionOf(now, now.serving)?.release ?? 'unknown'}). Nothing more was written from here.`
}
