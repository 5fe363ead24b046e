import {gunzipSync, gzipSync} from 'node:zlib'
import type {KubernetesObject} from '../model/manifests.ts'
import {hashOf} from './canonical.ts'
import {isSecret, recordOf, type SecretRecord} from './secrets.ts'

/** Everything a revision consists of; Secrets by name only. */
export type Payload = {readonly objects: readonly KubernetesObject[]; readonly secrets: readonly SecretRecord[]}

/** How a payload is found again and known to be whole. */
export type PayloadReference = {
  /** The revision in the names of its ConfigMaps: another one's where nothing had changed. */
  readonly revision: number
  readonly parts: number
  /** Hash over what it holds. */
  readonly hash: string
}

/** The API server takes 1 MiB of data in a ConfigMap; this leaves room for the rest of it. Bytes. */
export const partSize = 900 * 1024

export function payloadOf(objects: readonly KubernetesObject[], salt: string): Payload {
  const secrets = objects.filter(isSecret).map(secret => recordOf(secret, salt))
  return {objects: objects.filter(object => !isSecret(object)), secrets}
}

/** Compressed and cut into parts that each fit a ConfigMap. */
export function encodePayload(payload: Payload, size: number = partSize): {readonly parts: readonly Buffer[]; readonly hash: string} {
  const bytes = gzipSync(JSON.stringify(payload))
  const count = Math.max(1, Math.ceil(bytes.length / size))
  return {parts: Array.from({length: count}, (_, index) => bytes.subarray(index * size, (index + 1) * size)), hash: hashOf(payload)}
}

/** The payload, or undefined where the parts are not the ones that were written. */
export function decodePayload(parts: readonly Uint8Array[], hash: string): Payload | undefined {
  try {
    const payload = JSON.parse(gunzipSync(Buffer.concat(parts)).toString()) as Payload
    return hashOf(payload) === hash ? payload : undefined
  } catch {
    return undefined
  }
}
