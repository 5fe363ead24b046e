import type {KubernetesObject} from '../model/manifests.ts'

/** One entry of `metadata.managedFields`. */
export type ManagedFields = {
  readonly manager?: string
  readonly operation?: string
  readonly subresource?: string
  readonly apiVersion?: string
  readonly fieldsV1?: FieldSet
  readonly time?: string
}
type FieldSet = {readonly [key: string]: FieldSet}

export const managedFields = (object: KubernetesObject): readonly ManagedFields[] =>
  Array.isArray(object.metadata.managedFields) ? (object.metadata.managedFields as readonly ManagedFields[]) : []

/** Hands and pipelines that wrote with kubectl's client-side commands: what they own would never be removed by our apply. */
const isByHand = ({manager = '', operation, subresource}: ManagedFields): boolean =>
  operation === 'Update' && subresource === undefined && (manager.startsWith('kubectl') || manager === 'before-first-apply')

/**
 * A JSON patch that makes ours what kubectl wrote client-side, or undefined where there is nothing of the kind. Bound to the resource
 * version: a change in between makes it fail rather than lose an entry. kubectl does the same (apply.go, migrateToSSAIfNecessary).
 */
export function takeOver(object: KubernetesObject, manager: string): readonly unknown[] | undefined {
  const entries = managedFields(object)
  const theirs = entries.filter(isByHand)
  if (theirs.length === 0) return undefined
  const isOurs = (entry: ManagedFields) => entry.manager === manager && entry.operation === 'Apply' && entry.subresource === undefined
  const ours = entries.filter(isOurs)
  const fields = [...ours, ...theirs].reduce<FieldSet>((sum, entry) => union(sum, entry.fieldsV1 ?? {}), {})
  const rest = entries.filter(entry => !isByHand(entry) && !isOurs(entry))
  const apiVersion = theirs[0]?.apiVersion ?? object.apiVersion
  const merged = {manager, operation: 'Apply', apiVersion, fieldsType: 'FieldsV1', fieldsV1: fields, time: theirs[0]?.time}
  return [
    {op: 'replace', path: '/metadata/managedFields', value: [merged, ...rest]},
    {op: 'replace', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion},
  ]
}

function union(left: FieldSet, right: FieldSet): FieldSet {
  const merged: Record<string, FieldSet> = {...left}
  for (const [key, fields] of Object.entries(right)) merged[key] = union(merged[key] ?? {}, fields)
  return merged
}
