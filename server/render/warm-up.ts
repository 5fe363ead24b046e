import {frame} from './frame.ts'

const files = {
  'kustomization.yaml':
    'resources: [deployment.yaml]\npatches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: first}\n      spec: {replicas: 2}\n',
  'deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: first}\nspec: {replicas: 1}\n',
}

/** The smallest overlay that makes Kustomize read the schemas of Kubernetes, half a second that the first real one then does not wait for. */
export function warmUp(): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  return frame({kind: 'kustomize', folder: ''}, new Map(Object.entries(files).map(([name, text]) => [name, encoder.encode(text)])))
}
