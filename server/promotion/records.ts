import type {Connection} from '../cluster/connection.ts'
import {failed, type Result, succeeded} from '../cluster/errors.ts'
import {resources} from '../cluster/resource.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {ResolvedTarget} from '../model/promotion.ts'
import {labels, payloadName} from './names.ts'
import {decodePayload, encodePayload, type Payload, type PayloadReference, partSize} from './payload.ts'
import {labelsOf} from './state.ts'

const numbersTried = 5

/** The payloads of one target: immutable ConfigMaps, several where one would be too big. */
export class Records {
  readonly #connection: Connection
  readonly #target: ResolvedTarget
  readonly #size: number

  /** @param size the bytes of a part; smaller only to see several of them without much data */
  constructor(connection: Connection, target: ResolvedTarget, size: number = partSize) {
    this.#connection = connection
    this.#target = target
    this.#size = size
  }

  /** Answers `alreadyExists` where that revision's number is taken by something else: the name is the lock. */
  async save(revision: number, payload: Payload, signal: AbortSignal): Promise<Result<PayloadReference>> {
    const {parts, hash} = encodePayload(payload, this.#size)
    const reference = {revision, parts: parts.length, hash}
    for (const [index, part] of parts.entries()) {
      const answer = await this.#connection.objects.create(resources.configMaps, this.#object(reference, index, part), signal)
      if (answer.ok) continue
      if (answer.error.kind !== 'alreadyExists') return answer
      const there = await this.#part(reference, index, signal)
      if (!there.ok) return there
      if (!part.equals(there.value)) return answer
    }
    return succeeded(reference)
  }

  /** Saves under the first free number from `first` on; the numbers before are other promoters', who may not have got further. */
  async saveFrom(first: number, payload: Payload, signal: AbortSignal): Promise<Result<PayloadReference>> {
    for (let revision = first; ; revision++) {
      const saved = await this.save(revision, payload, signal)
      if (saved.ok || saved.error.kind !== 'alreadyExists' || revision === first + numbersTried) return saved
    }
  }

  async load(reference: PayloadReference, signal: AbortSignal): Promise<Result<Payload>> {
    const parts = await Promise.all(Array.from({length: reference.parts}, (_, index) => this.#part(reference, index, signal)))
    const bytes: Buffer[] = []
    for (const part of parts) {
      if (!part.ok) return part
      bytes.push(part.value)
    }
    const payload = decodePayload(bytes, reference.hash)
    if (payload !== undefined) return succeeded(payload)
    return failed(
      'invalid',
      `The record of revision ${reference.revision} (${payloadName(this.#target, reference.revision, 0)}) is damaged: it is not what was written.`,
    )
  }

  /** Deletes the payloads that none of `kept` uses. What cannot be deleted now is tried again after the next promotion. */
  async prune(kept: readonly PayloadReference[], signal: AbortSignal): Promise<void> {
    const numbers = kept.map(({revision}) => revision)
    // A number above all that are kept may be a promotion's that is just about to begin.
    const newest = Math.max(...numbers)
    const labelSelector = Object.entries(labelsOf(this.#target, 'payload'))
      .map(([name, value]) => `${name}=${value}`)
      .join(',')
    const listed = await this.#connection.objects.list(resources.configMaps, this.#target.stateNamespace, {labelSelector}, signal)
    if (!listed.ok) return
    const unused = listed.value.items.filter(({metadata}) => {
      const revision = Number(metadata.labels?.[labels.revision])
      return revision < newest && !numbers.includes(revision)
    })
    for (const item of unused) await this.#connection.objects.remove(resources.configMaps, item, signal)
  }

  async #part({revision}: PayloadReference, index: number, signal: AbortSignal): Promise<Result<Buffer>> {
    const found = await this.#connection.objects.get(resources.configMaps, this.#target.stateNamespace, payloadName(this.#target, revision, index), signal)
    if (!found.ok) return found
    return succeeded(Buffer.from((found.value.binaryData as {payload?: string} | undefined)?.payload ?? '', 'base64'))
  }

  #object({revision}: PayloadReference, index: number, part: Buffer): KubernetesObject {
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      immutable: true,
      metadata: {
        name: payloadName(this.#target, revision, index),
        namespace: this.#target.stateNamespace,
        labels: {...labelsOf(this.#target, 'payload'), [labels.revision]: String(revision)},
      },
      binaryData: {payload: part.toString('base64')},
    }
  }
}
