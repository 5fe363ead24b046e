import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fileUri} from '../../server/document/uri.ts'
import {MeasuredServer} from './server.ts'
import {percentile} from './statistics.ts'

const names = Array.from({length: 12}, (_, index) => `service-${index}`)

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: 'example.com/${name}@sha256:${'0'.repeat(64)}'}]}
`

const progression = `apiVersion: progression.dev/v1
name: shop
clusters: {local: {context: local}}
manifests: {kustomize: 'overlays/\${environment}'}
parity: [{between: [staging, preview]}]
defaults: {cluster: local, smoke: {service: 'shop:http', http: [{get: /healthz}]}, rollback: {within: 60s}}
environments:
  - {name: staging, namespace: staging}
  - {name: preview, namespace: preview}
`

const overlay = (replicas: number): string => `resources: [../../base]\nreplicas:\n  - name: service-0\n    count: ${replicas}\n`

/** Milliseconds from a key stroke in an overlay that is open to the finding it brings or takes, and megabytes at the end. */
export async function editOverlay(
  command: readonly string[],
  folder: string,
  strokes: number,
): Promise<{readonly parity95: number; readonly memory: number | undefined}> {
  const files: Record<string, string> = {
    'progression.yaml': progression,
    'base/kustomization.yaml': `resources: [${names.map(name => `${name}.yaml`).join(', ')}]\n`,
    ...Object.fromEntries(names.map(name => [`base/${name}.yaml`, deployment(name)])),
    'overlays/staging/kustomization.yaml': overlay(2),
    'overlays/preview/kustomization.yaml': overlay(2),
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), {recursive: true})
    await writeFile(join(folder, path), text)
  }
  const server = new MeasuredServer(command)
  try {
    await server.initialize(fileUri(folder))
    const uri = fileUri(join(folder, 'progression.yaml'))
    const edited = fileUri(join(folder, 'overlays/preview/kustomization.yaml'))
    server.notify('textDocument/didOpen', {textDocument: {uri, languageId: 'progression', version: 1, text: progression}})
    server.notify('textDocument/didOpen', {textDocument: {uri: edited, languageId: 'yaml', version: 1, text: overlay(2)}})
    const different = async (): Promise<{readonly found: boolean; readonly at: number}> => {
      const {result, at} = await server.ask<{items: {code: string}[]}>('textDocument/diagnostic', {textDocument: {uri}})
      return {found: result.items.some(({code}) => code === 'parity/replicas'), at}
    }
    const until = async (wanted: boolean): Promise<number> => {
      for (;;) {
        const seen = server.refreshes
        const {found, at} = await different()
        if (found === wanted) return at
        while (server.refreshes === seen) await server.next(({method}) => method === 'workspace/diagnostic/refresh')
      }
    }
    const samples: number[] = []
    for (let stroke = 0; stroke < strokes + 6; stroke++) {
      const isDifferent = stroke % 2 === 0
      const at = performance.now()
      const range = {start: {line: 3, character: 11}, end: {line: 3, character: 12}}
      server.notify('textDocument/didChange', {textDocument: {uri: edited, version: stroke + 2}, contentChanges: [{range, text: isDifferent ? '9' : '2'}]})
      const done = await until(isDifferent)
      if (stroke >= 6) samples.push(done - at)
    }
    return {parity95: percentile(samples, 0.95), memory: server.memory()}
  } finally {
    server.stop()
  }
}
