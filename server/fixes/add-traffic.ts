import {defineFix} from './fix.ts'
import {setPair} from './insert.ts'

/** Gives a gate the traffic without which its number means nothing: one request in ten seconds, the author knows better. */
export const addTraffic = defineFix<'gate' | 'query'>({
  id: 'add-traffic',
  title: ({gate}) => `Judge ${gate} only with enough traffic`,
  edits({document, progression, arguments: {gate: name, query}}) {
    const gate = progression.gates.items.find(one => one.name === name)
    if (gate?.traffic.state !== 'absent') return undefined
    const edit = setPair(document, gate.extent, 'traffic', `{query: '${query.replaceAll("'", "''")}', min: 0.1}`)
    return edit && [edit]
  },
})
