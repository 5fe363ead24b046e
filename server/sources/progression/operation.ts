import {type Mapping, type Node, pairOf} from '../../document/node.ts'
import {absent, type Fact, type Listing} from '../../model/fact.ts'
import type {Place} from '../../model/place.ts'
import type {EngineName, Freeze, Migration, Runner, Waves} from '../../model/progression.ts'
import {type Convert, entries, field, number, oneOf, text} from './field.ts'

/** Times in which nothing is promoted, as they are written. */
export const freezes = (environment: Mapping): Listing<Freeze> =>
  entries(pairOf(environment, 'freeze')?.value, (item): Freeze | undefined => {
    if (item.kind !== 'mapping') return undefined
    const at = item.pairs[0]?.key.at ?? item.at
    const moment = (key: string): Fact<string> => field(item, key, at, text)
    return {from: moment('from'), to: moment('to'), cron: moment('cron'), reason: moment('reason'), at, extent: item.at}
  })

export const migration: Convert<Migration> = node =>
  node.kind === 'mapping' ? {kind: field(node, 'kind', node.at, oneOf('expand', 'contract', 'irreversible')), at: node.at} : undefined

export const waves: Convert<Waves> = node =>
  node.kind === 'mapping'
    ? {
        parallel: field(node, 'parallel', node.at, number),
        onFailure: field(node, 'onFailure', node.at, oneOf('rollback-wave', 'rollback-all', 'stop')),
      }
    : undefined

/** What an environment has of its own, or else the document gives; a written null takes the document's away. */
export const own = <T>(environment: Mapping, top: Mapping, key: string, at: Place, convert: Convert<T>): Fact<T> =>
  field(pairOf(environment, key) || !pairOf(top, key) ? environment : top, key, at, convert)

const kinds = oneOf('client', 'ci', 'job')

export const runner: Convert<Runner> = node => {
  const kind = kinds(node)
  if (kind) return {kind, image: absent(node.at)}
  const job = pairOf(node, 'job')
  if (!job) return undefined
  return {kind: 'job', image: job.value.kind === 'mapping' ? field(job.value, 'image', job.key.at, text) : absent(job.key.at)}
}

export const engine: Convert<EngineName> = (node: Node) => oneOf('direct', 'helm', 'git', 'argo-rollouts', 'kargo')(node)
