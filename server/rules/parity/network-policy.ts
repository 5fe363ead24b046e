import {field, isJson, type Json} from '../manifests.ts'
import {defineComparison} from './comparison.ts'
import {type Aspect, differences} from './difference.ts'
import {normal, normalSet} from './normal.ts'
import type {Compared} from './objects.ts'

/** One finding a pair. Address ranges and namespaces are those of an environment; that a rule is open to the world is not. */
export const parityNetworkPolicy = defineComparison({
  title: 'Environments allow different traffic',
  subject: 'network policies',
  kinds: new Set(['NetworkPolicy']),
  compare: (earlier, later) => differences(aspects(earlier), aspects(later)),
  isToldAlone: () => true,
})

function aspects({object: {spec}, words}: Compared): readonly Aspect[] {
  const egress = field(spec, 'egress')
  // networking.k8s.io/v1: Ingress always, Egress where there are egress rules.
  const types = field(spec, 'policyTypes') ?? ['Ingress', ...(Array.isArray(egress) && egress.length > 0 ? ['Egress'] : [])]
  const governs = (type: string): boolean => Array.isArray(types) && types.includes(type)
  return [
    {path: 'spec.policyTypes', label: 'policyTypes', normal: normalSet(types)},
    {path: 'spec.podSelector', label: 'podSelector', normal: normal(field(spec, 'podSelector') ?? {}, words)},
    ...(governs('Ingress') ? [{path: 'spec.ingress', label: 'ingress', normal: rules(field(spec, 'ingress'), 'from', words)}] : []),
    ...(governs('Egress') ? [{path: 'spec.egress', label: 'egress', normal: rules(egress, 'to', words)}] : []),
  ]
}

/** Neither the order of rules nor that of peers and ports means anything. */
function rules(written: unknown, peers: 'from' | 'to', words: readonly string[]): string {
  const found = list(written).map(rule => {
    const ports = list(field(rule, 'ports')).map(port => (isJson(port) ? {protocol: 'TCP', ...port} : port))
    const who = list(field(rule, peers)).map(peer)
    const said = [...(who.length > 0 ? [`${peers} ${normalSet(who, words)}`] : []), ...(ports.length > 0 ? [`ports ${normalSet(ports)}`] : [])]
    return said.length === 0 ? 'everything' : said.join(' ')
  })
  return found.length === 0 ? 'nothing' : found.toSorted().join('; ')
}

const worldwide: ReadonlySet<unknown> = new Set(['0.0.0.0/0', '::/0'])

function peer(written: unknown): unknown {
  if (!isJson(written)) return written
  const {ipBlock, namespaceSelector, ...rest} = written
  return {
    ...rest,
    ...(isJson(ipBlock) ? {ipBlock: worldwide.has(ipBlock.cidr) ? ipBlock.cidr : 'some addresses'} : {}),
    ...(namespaceSelector === undefined ? {} : {namespaceSelector: withoutNames(namespaceSelector)}),
  }
}

const namespaceName = 'kubernetes.io/metadata.name'

/** A selector of namespaces by name says one namespace, whichever that is in an environment. */
function withoutNames(selector: unknown): Json {
  const labels = field(selector, 'matchLabels')
  const matchLabels = isJson(labels) && namespaceName in labels ? {...labels, [namespaceName]: 'a namespace'} : labels
  return {...(isJson(selector) ? selector : {}), matchLabels}
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
