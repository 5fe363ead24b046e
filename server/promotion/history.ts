import {type ObjectName, type Revision, revisionOf, type TargetState} from './state.ts'

/** How many revisions are kept beside those that must be. */
const kept = 10

/**
 * The history without what is too old: what serves, what is safe, the safe revision before it, and the newest ten stay. Secrets that only
 * dropped revisions used become leftovers.
 */
export function trim(state: TargetState): Pick<TargetState, 'revisions' | 'leftovers'> {
  const safe = revisionOf(state, state.safe)
  const before = state.revisions.find(entry => isTarget(entry) && entry.revision < state.safe && entry.content !== safe?.content)
  const needed = new Set([state.serving, state.safe, before?.revision])
  const revisions = state.revisions.filter(({revision}, index) => index < kept || needed.has(revision))
  const used = new Set(revisions.flatMap(({secrets}) => secrets))
  const dropped = state.revisions.filter(entry => !revisions.includes(entry)).flatMap(({secrets}) => secrets)
  const unused = [...new Set(dropped)].filter(name => !used.has(name))
  const leftovers = unused.map((name): ObjectName => ({apiVersion: 'v1', kind: 'Secret', name, namespace: state.namespace}))
  return {revisions, leftovers: [...state.leftovers, ...leftovers]}
}

/** What may be gone back to: verified and not rolled back since, or what was there before the first promotion. */
export const isTarget = ({verified, revision}: Revision): boolean => verified || revision === 0

/** Where a person's rollback goes: the newest target that is something else than what serves. */
export function previousSafe(state: TargetState): Revision | undefined {
  const serving = state.revisions.find(({revision}) => revision === state.serving)
  // An unverified release on top of a safe one goes back to the safe one, even where both render the same.
  const same = serving?.verified === true ? serving.content : undefined
  return state.revisions.find(entry => isTarget(entry) && entry.revision !== state.serving && entry.content !== same)
}

/** Whether a rollback was begun and is not through. */
const isGoingBack = ({phase}: TargetState): boolean => phase === 'rollingBack' || phase === 'rollbackFailed'

/** Where a rollback goes when nobody says: on with one that was begun, else to the safe revision before what serves. */
export function defaultTarget(state: TargetState): Revision | undefined {
  const restores = isGoingBack(state) ? revisionOf(state, state.serving)?.restores : undefined
  return (restores === undefined ? undefined : revisionOf(state, restores)) ?? previousSafe(state)
}

/** What a rollback goes back from: what serves, and behind an unfinished rollback what that one was to end. */
export function leaving(state: TargetState): Revision | undefined {
  const from = state.revisions.filter(({revision}) => revision <= state.serving)
  return isGoingBack(state) ? from.find(({restores}) => restores === undefined) : from[0]
}

/** A rollback takes back the verification of what it goes back from, so that nothing later is promoted on it. */
export const withdraw = (revisions: readonly Revision[], withdrawn: string, content: string): readonly Revision[] =>
  revisions.map(entry => (entry.release === withdrawn && entry.content !== content ? {...entry, verified: false} : entry))

export const verify = (revisions: readonly Revision[], revision: number): readonly Revision[] =>
  revisions.map(entry => (entry.revision === revision ? {...entry, verified: true} : entry))
