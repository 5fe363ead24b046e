import type {Document} from '../document/document.ts'
import {pairOf} from '../document/node.ts'
import {environmentNamed} from '../model/progression.ts'

import {defineFix, type Edit} from './fix.ts'
import {setPair} from './insert.ts'

const metrics = 'metrics: {prometheus: {service: monitoring/prometheus:9090}}'

/** The share of requests that fail, judged only where there are some. */
const errorRate = `gates:
  error-rate:
    query: |
      sum(rate(http_requests_total{namespace="\${namespace}",status=~"5.."}[\${window}]))
        / sum(rate(http_requests_total{namespace="\${namespace}"}[\${window}]))
    max: 1%
    traffic: {query: 'sum(rate(http_requests_total{namespace="\${namespace}"}[\${window}]))', min: 0.1}`

/** Lets environments, named with commas between them, ask the gates that are declared, or declares one that most services can use. */
export const addGate = defineFix<'environments'>({
  id: 'add-gate',
  title: ({environments}) => `Measure each release in ${environments.replace(/,(?=[^,]*$)/, ' and ').replaceAll(/,(?! )/g, ', ')}`,
  edits({document, progression, arguments: {environments}}) {
    if (progression.gates.open.length > 0) return undefined
    const declared = progression.gates.items.map(gate => gate.name)
    const value = `[${declared.length > 0 ? declared.join(', ') : 'error-rate'}]`
    const uses = environments.split(',').map(name => {
      const environment = environmentNamed(progression, name)
      return environment?.gates.items.length === 0 ? setPair(document, environment.extent, 'gates', value) : undefined
    })
    const definition = declared.length > 0 ? [] : [define(document, progression.index)]
    const edits = [...definition, ...uses]
    return edits.every(edit => edit !== undefined) ? edits : undefined
  },
})

/** Writes the gate above the environments, and above the comment that belongs to them. Undefined where they do not begin a line. */
function define(document: Document, index: number): Edit | undefined {
  const root = document.sections[index]?.section.root
  const key = pairOf(root, 'environments')?.key
  const at = key && document.offset(key.at)
  if (at === undefined || pairOf(root, 'gates')) return undefined
  const {text, uri} = document
  if (at > 0 && !/[\r\n]/.test(text[at - 1] ?? '')) return undefined
  const comments = /(?:(?<=^|\n)#[^\n]*\r?\n)*$/.exec(text.slice(0, at))?.[0].length ?? 0
  const newline = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n'
  const lines = pairOf(root, 'metrics') ? errorRate : `${metrics}\n${errorRate}`
  return {document: uri, start: at - comments, end: at - comments, text: `${lines}\n`.replaceAll('\n', newline)}
}
