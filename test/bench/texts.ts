/** A progression of about that many lines in one document: gates, and environments that use them. Nothing is wrong with it. */
export function progressionOf(lines: number, name = 'shop'): string {
  const head = [
    'apiVersion: progression.dev/v1',
    `name: ${name}`,
    'images: [ghcr.io/acme/shop-api]',
    'clusters: {local: {context: local}}',
    'metrics: {prometheus: {url: "https://prometheus.example.com"}}',
    'gates:',
  ]
  const count = Math.max(1, Math.floor(lines / 16))
  const gates = Array.from({length: count}, (_, index) => [
    `  errors-${index}:`,
    '    query: |',
    '      sum(rate(http_requests_total{namespace="${namespace}",status=~"5.."}[5m]))',
    '        / sum(rate(http_requests_total{namespace="${namespace}"}[5m]))',
    '    max: 0.01',
    `    traffic: {query: 'sum(rate(http_requests_total{namespace="\${namespace}"}[5m]))', min: 0.1}`,
    '    onNoData: inconclusive',
  ]).flat()
  const text = [...head, ...gates, 'environments:']
  for (let index = 0; text.length < lines; index++)
    text.push(
      `  - name: step-${index}`,
      '    cluster: local',
      `    namespace: space-${index}`,
      "    smoke: {service: 'shop-api:http', http: [{get: /healthz}], timeout: 60s}",
      `    gates: [errors-${index % count}]`,
      '    rollback: {within: 60s, on: [rollout, smoke, gates]}',
      '    flags: {new_ui: true}',
    )
  return `${text.join('\n')}\n`
}

/** Progressions of 2,000 lines, joined by `---`, up to that many bytes. */
export function progressionsOf(bytes: number): string {
  let text = ''
  for (let index = 0; ; index++) {
    const next = `${index === 0 ? '' : '---\n'}${progressionOf(2000, `shop-${index}`)}`
    if (text.length + next.length > bytes) return text
    text += next
  }
}

/** The line in the middle of a text that ends in a plain word, where a person would type on. */
export function lineToEdit(text: string): {readonly line: number; readonly character: number} {
  const lines = text.split('\n')
  const middle = lines.length >> 1
  for (let away = 0; away < lines.length; away++) {
    const line = (middle + away) % lines.length
    if (/^\s*(- )?[\w-]+: [\w.-]+$/.test(lines[line] ?? '')) return {line, character: lines[line]?.length ?? 0}
  }
  return {line: middle, character: 0}
}
