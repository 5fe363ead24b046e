/** What the engine is asked, as engine/request.go reads it. Paths are relative to the root of the work tree, with slashes. */
export type EngineRequest = {
  readonly kind: 'directory' | 'kustomize' | 'helm'
  readonly folder: string
  /** Folders that exist, empty ones too. */
  readonly folders?: readonly string[]
  readonly values?: readonly string[]
  /** Overrides as `helm --set` takes them. */
  readonly set?: readonly string[]
  readonly release?: string
  readonly namespace?: string
  readonly kubernetesVersion?: string
  /** API versions of the cluster beside the built-in ones. */
  readonly apiVersions?: readonly string[]
  /** Where a file stands for the engine, when that is not where it was read: a local chart that another one depends on. */
  readonly moved?: Readonly<Record<string, string>>
}

/** What the engine answers, as engine/answer.go writes it. */
export type EngineAnswer = {
  readonly state: 'rendered' | 'failed' | 'unknown'
  readonly manifests?: readonly {readonly object: unknown; readonly origin?: string; readonly line?: number}[]
  readonly message?: string
  readonly file?: string
  readonly line?: number
  readonly missing?: readonly string[]
}

/** One buffer for a request and its files: length of the header (4 bytes, little endian), the header as JSON, the bytes of each file. */
export function frame(request: EngineRequest, files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const {moved, ...rest} = request
  const entries = [...files].map(([path, bytes]) => ({path, as: moved?.[path], size: bytes.byteLength}))
  const header = new TextEncoder().encode(JSON.stringify({...rest, files: entries}))
  const size = entries.reduce((sum, entry) => sum + entry.size, 4 + header.byteLength)
  const buffer = new Uint8Array(size)
  new DataView(buffer.buffer).setUint32(0, header.byteLength, true)
  buffer.set(header, 4)
  let at = 4 + header.byteLength
  for (const bytes of files.values()) {
    buffer.set(bytes, at)
    at += bytes.byteLength
  }
  return buffer
}
