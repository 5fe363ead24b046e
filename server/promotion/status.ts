import type {Connections} from '../cluster/connection.ts'
import {checkCluster} from '../cluster/identity.ts'
import type {ResolvedTarget, TargetStatus} from '../model/promotion.ts'
import {titleOf} from './release.ts'
import {revisionOf, StateStore, type TargetState} from './state.ts'

/** What the cluster's own record says of a target. Never fails: what cannot be read is `unreachable`, with the reason. */
export async function statusOf(connections: Connections, target: ResolvedTarget, signal: AbortSignal): Promise<TargetStatus> {
  const opened = connections.to(target.cluster.context)
  if (!opened.ok) return unreachable(target, opened.error.message)
  const [checked, stored] = await Promise.all([
    checkCluster(opened.value, target.cluster.name, target.cluster.uid, signal),
    new StateStore(opened.value, target).read(signal),
  ])
  if (!checked.ok) return unreachable(target, checked.error.message)
  if (!stored.ok) return unreachable(target, stored.error.message)
  return describe(target, stored.value?.state)
}

/** A state in the words of the model; undefined is a target nothing was promoted to. */
export function describe(target: ResolvedTarget, state: TargetState | undefined): TargetStatus {
  const base = placeOf(target)
  if (state === undefined) return {...base, phase: 'empty', message: `Nothing was promoted to ${titleOf(target)} yet.`, retained: []}
  const serving = revisionOf(state, state.serving)
  return {
    ...base,
    phase: state.phase,
    release: serving?.release,
    revision: serving?.revision,
    since: state.since,
    by: state.by,
    message: state.message,
    retained: state.revisions.map(({revision, release, commit, digests, verified}) => ({revision, release, commit, digests, verified})),
    lastRollbackSeconds: state.lastRollback?.seconds,
  }
}

export const unreachable = (target: ResolvedTarget, message: string): TargetStatus => ({...placeOf(target), phase: 'unreachable', message, retained: []})

const placeOf = ({environment, target, namespace, cluster}: ResolvedTarget) => ({environment, target, namespace, context: cluster.context})
