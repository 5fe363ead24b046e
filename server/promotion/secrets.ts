import type {KubernetesObject} from '../model/manifests.ts'
import {saltedHashOf} from './canonical.ts'

export const isSecret = ({apiVersion, kind}: KubernetesObject): boolean => apiVersion === 'v1' && kind === 'Secret'

type Texts = Readonly<Record<string, string>>

/** What a ConfigMap or Secret holds, without the wrapping. */
export const contentOf = ({data, binaryData, stringData, type}: KubernetesObject): unknown => ({data, binaryData, stringData, type})

/**
 * A Secret with `stringData` folded into `data`, as the API server stores it: applied as they are, keys of `stringData` would be owned
 * under a field that no read ever shows.
 */
export function foldStringData(secret: KubernetesObject): KubernetesObject {
  if (!isSecret(secret) || secret.stringData === undefined) return secret
  const {stringData, ...rest} = secret
  const encoded = Object.entries((stringData ?? {}) as Texts).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')])
  return {...rest, data: {...(secret.data as Texts | undefined), ...Object.fromEntries(encoded)}} as KubernetesObject
}

/** All that is ever recorded of a Secret. */
export type SecretRecord = {readonly name: string; readonly namespace?: string; readonly keys: readonly string[]; readonly hash: string}

export function recordOf(secret: KubernetesObject, salt: string): SecretRecord {
  const keys = Object.keys({...(secret.data as Texts | undefined), ...(secret.stringData as Texts | undefined)}).sort()
  return {name: secret.metadata.name, namespace: secret.metadata.namespace, keys, hash: saltedHashOf(contentOf(secret), salt)}
}

/** Two versions of a Secret fit to be shown: equal values are `***`, differing ones say which is which, as kubectl diff writes them. */
export function mask(
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): readonly [KubernetesObject | undefined, KubernetesObject | undefined] {
  const old = texts(before)
  const now = texts(after)
  const masked = (own: Texts, other: Texts, side: string) =>
    Object.fromEntries(Object.entries(own).map(([key, value]) => [key, other[key] === undefined || other[key] === value ? '***' : `*** (${side})`]))
  return [before && {...plain(before), data: masked(old, now, 'before')}, after && {...plain(after), data: masked(now, old, 'after')}]
}

const texts = (secret: KubernetesObject | undefined): Texts => (secret === undefined ? {} : ((foldStringData(secret).data ?? {}) as Texts))

function plain({stringData: _, ...secret}: KubernetesObject): KubernetesObject {
  // What kubectl apply remembers in an annotation holds the values a second time.
  const {'kubectl.kubernetes.io/last-applied-configuration': _applied, ...annotations} = secret.metadata.annotations ?? {}
  return {...secret, metadata: {...secret.metadata, annotations}} as KubernetesObject
}
