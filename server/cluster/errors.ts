/** What can go wrong between us and a cluster, as far as callers decide by it. */
export type ErrorKind =
  | 'unreachable'
  | 'timeout'
  | 'aborted'
  | 'unavailable'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'alreadyExists'
  | 'conflict'
  | 'gone'
  | 'invalid'
  | 'tooLarge'
  | 'unknownKind'
  | 'configuration'
  | 'wrongCluster'
  | 'unexpected'

/** One field of a refusal: of a server-side apply conflict, who owns the field. */
export type Cause = {readonly reason: string; readonly field: string; readonly message: string}

export type ClusterError = {
  readonly kind: ErrorKind
  /** One or two sentences for a person: what we wanted, the cluster's own words, the way out. Never a credential. */
  readonly message: string
  /** The cluster's own words alone. */
  readonly detail: string
  readonly causes: readonly Cause[]
}

/** Requests answer with values: nothing that happens on a network is exceptional, and no throw of it may decide a verdict. */
export type Result<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly error: ClusterError}

export const succeeded = <T>(value: T): Result<T> => ({ok: true, value})

export function failed(kind: ErrorKind, message: string, detail: string = message, causes: readonly Cause[] = []): {ok: false; error: ClusterError} {
  return {ok: false, error: {kind, message, detail, causes}}
}

/** True where asking again later may well succeed: the cluster did not say no, it did not answer. */
export const isPassing = (error: ClusterError): boolean =>
  error.kind === 'unreachable' || error.kind === 'timeout' || error.kind === 'unavailable' || error.kind === 'unexpected'

/** A server-side apply met fields that someone else owns; a stale `resourceVersion` is a conflict without causes. */
export const fieldConflicts = (error: ClusterError): readonly Cause[] =>
  error.kind === 'conflict' ? error.causes.filter(cause => cause.reason === 'FieldManagerConflict') : []
