/** A progression with nothing wrong in it but what a test puts there. */
export const shop = `apiVersion: progression.dev/v1
name: shop
clusters:
  local: {context: local}
defaults:
  cluster: local
  smoke: {service: 'shop:http', http: [{get: /healthz}], timeout: 60s}
  rollback: {within: 60s}
environments:
  - name: dev
    namespace: development
  - name: staging
    namespace: staging
  - name: preview
    namespace: preview
`

/** The same, and nothing rolls production back. */
export const unsafe = shop
  .replace('  rollback: {within: 60s}\n', '')
  .replace('- name: preview\n    namespace: preview', '- name: production\n    namespace: production')

/** Documents of about that many characters in all, joined by \`---\`. */
export function large(characters: number): string {
  const environments = Array.from({length: 100}, (_, index) => `  - name: step-${index}\n    namespace: n-${index}\n    flags: {new_ui: true}\n`).join('')
  const documents: string[] = []
  for (let length = 0, index = 0; length < characters; index++) {
    const text = shop.replace('name: shop', `name: shop-${index}`) + environments
    documents.push(text)
    length += text.length
  }
  return documents.join('---\n')
}

export const deployment = (name: string, replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: 'example.com/${name}@sha256:${'0'.repeat(64)}'}]}
`
