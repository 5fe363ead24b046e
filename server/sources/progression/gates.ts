import type {Node} from '../../document/node.ts'
import {type Listing, listing} from '../../model/fact.ts'
import type {Gate, GateUse} from '../../model/gate.ts'
import type {Place} from '../../model/place.ts'
import {duration, entries, field, limit, oneOf, pairs, text} from './field.ts'

const limits = (node: Node, at: Place) => ({
  max: field(node, 'max', at, limit),
  min: field(node, 'min', at, limit),
  between: field(node, 'between', at, range => {
    const [low, high] = range.kind === 'sequence' ? range.items.map(limit) : []
    return low && high ? ([low, high] as const) : undefined
  }),
  window: field(node, 'window', at, duration),
  onNoData: field(node, 'onNoData', at, oneOf('inconclusive', 'fail', 'skip')),
})

/** The gates a document declares. */
export function gates(node: Node | undefined): Listing<Gate> {
  const {items, open} = pairs(node)
  return listing(
    items.map(({key, value}): Gate => {
      const at = key.at
      return {
        name: key.source,
        at,
        query: field(value, 'query', at, text),
        alerts: field(value, 'alerts', at, oneOf('none')),
        ...limits(value, at),
        traffic: field(value, 'traffic', at, traffic => ({query: field(traffic, 'query', traffic.at, text), min: field(traffic, 'min', traffic.at, limit)})),
      }
    }),
    open,
  )
}

/** The gates an environment names: a word, or a map of one word to what differs here. */
export function gateUses(node: Node | undefined): Listing<GateUse> {
  return entries(node, item => {
    if (item.kind === 'scalar' && typeof item.value === 'string') return {name: item.value, at: item.at, overrides: {}}
    const pair = item.kind === 'mapping' ? item.pairs[0] : undefined
    if (!pair) return undefined
    const given = Object.entries(limits(pair.value, pair.key.at)).filter(([, fact]) => fact.state !== 'absent')
    return {name: pair.key.source, at: pair.key.at, overrides: Object.fromEntries(given)}
  })
}
