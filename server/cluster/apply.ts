import type {KubernetesObject} from '../model/manifests.ts'
import type {Connection} from './connection.ts'
import {fieldConflicts, type Result, succeeded} from './errors.ts'
import {takeOver} from './managed-fields.ts'
import {writeDeadline} from './objects.ts'
import {pathOf, type Resource, subjectOf} from './resource.ts'

export const fieldManager = 'progression'

export type ApplyOptions = {
  /** Take fields over that someone else owns, instead of answering `conflict`. */
  readonly force?: boolean
  /** The cluster admits, validates and merges, and writes nothing. */
  readonly dryRun?: boolean
}

/**
 * Server-side apply. The body goes out as it is: client-node's typed calls drop fields they do not know, and so would remove them from
 * the cluster. A `metadata.resourceVersion` in the object is a precondition.
 */
export function apply(
  connection: Connection,
  resource: Resource,
  object: KubernetesObject,
  options: ApplyOptions,
  signal: AbortSignal,
): Promise<Result<KubernetesObject>> {
  const {namespace, name} = object.metadata
  const query = {fieldManager, force: String(options.force ?? false), fieldValidation: 'Strict', dryRun: options.dryRun ? 'All' : undefined}
  const subject = subjectOf('patch', resource, namespace, name)
  const contentType = 'application/apply-patch+yaml'
  return connection.requests.send(
    {method: 'PATCH', path: pathOf(resource, namespace, name), query, body: object, contentType, subject, deadline: writeDeadline},
    signal,
  )
}

/** Makes ours the fields that kubectl wrote client-side, so that leaving one out removes it. Nothing to do is a success. */
export async function adoptFields(connection: Connection, resource: Resource, live: KubernetesObject, signal: AbortSignal): Promise<Result<void>> {
  const patch = takeOver(live, fieldManager)
  if (patch === undefined) return succeeded(undefined)
  const {namespace, name} = live.metadata
  const subject = subjectOf('patch', resource, namespace, name)
  const contentType = 'application/json-patch+json'
  const answer = await connection.requests.send(
    {method: 'PATCH', path: pathOf(resource, namespace, name), body: patch, contentType, subject, deadline: writeDeadline},
    signal,
  )
  return answer.ok ? succeeded(undefined) : answer
}

/** `spec.replicas belongs to kubectl-edit`, one for each field that a conflict names; undefined where the error is no such conflict. */
export function conflictsInWords(error: Parameters<typeof fieldConflicts>[0]): readonly string[] | undefined {
  const causes = fieldConflicts(error)
  if (causes.length === 0) return undefined
  return causes.map(({field, message}) => `${field.replace(/^\./, '')} belongs to ${/conflict with "([^"]*)"/.exec(message)?.[1] ?? message}`)
}
