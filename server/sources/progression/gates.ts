import {type Node, pairOf} from '../../document/node.ts'
import {type Listing, listing} from '../../model/fact.ts'
import type {Gate, GateKeys, GateUse, Query} from '../../model/gate.ts'
import type {Place} from '../../model/place.ts'
import {type Convert, duration, entries, field, limit, number, oneOf, pairs} from './field.ts'

const query: Convert<Query> = node =>
  node.kind === 'scalar' && typeof node.value === 'string' ? {text: node.value, written: node.written ?? node.source, style: node.style} : undefined

const keys = (node: Node, at: Place): GateKeys => ({
  query: field(node, 'query', at, query),
  alerts: field(node, 'alerts', at, oneOf('none')),
  max: field(node, 'max', at, limit),
  min: field(node, 'min', at, limit),
  between: field(node, 'between', at, range => {
    const [low, high] = range.kind === 'sequence' ? range.items.map(limit) : []
    return low && high ? ([low, high] as const) : undefined
  }),
  window: field(node, 'window', at, duration),
  interval: field(node, 'interval', at, duration),
  failAfter: field(node, 'failAfter', at, number),
  passAfter: field(node, 'passAfter', at, number),
  series: field(node, 'series', at, oneOf('single', 'any', 'all')),
  compare: field(node, 'compare', at, oneOf('previous', 'verified')),
  traffic: field(node, 'traffic', at, traffic =>
    traffic.kind === 'mapping' ? {query: field(traffic, 'query', traffic.at, query), min: field(traffic, 'min', traffic.at, limit)} : undefined,
  ),
  onNoData: field(node, 'onNoData', at, oneOf('inconclusive', 'fail', 'skip')),
})

/** The gates a document declares. */
export function gates(node: Node | undefined): Listing<Gate> {
  const {items, open} = pairs(node)
  return listing(
    items.map(({key, value}): Gate => ({name: key.source, at: key.at, extent: value.at, ...keys(value, key.at)})),
    open,
  )
}

/** The gates an environment names: a word, or a map of one word to what differs here. */
export function gateUses(node: Node | undefined): Listing<GateUse> {
  return entries(node, item => {
    if (item.kind === 'scalar' && typeof item.value === 'string') return {name: item.value, at: item.at, overrides: {}}
    const pair = item.kind === 'mapping' ? item.pairs[0] : undefined
    if (!pair) return undefined
    const given = Object.entries(keys(pair.value, pair.key.at)).filter(([key]) => pairOf(pair.value, key))
    return {name: pair.key.source, at: pair.key.at, overrides: Object.fromEntries(given)}
  })
}
