import {type Node, pairOf} from '../../document/node.ts'
import {folderOf, resolveUri} from '../../document/uri.ts'
import {absent, type Fact, known, unknown} from '../../model/fact.ts'
import type {ManifestSource} from '../../model/manifests.ts'
import type {Place} from '../../model/place.ts'
import {text} from './field.ts'
import {fill, isHalfVariable, type Scope} from './variables.ts'

/**
 * The overlays, charts and folders of one target, paths made absolute from the file that holds them. Unknown where a
 * variable has no value before a promotion, such as `${release}`. The place is that of the key `manifests`.
 */
export function manifestSources(node: Node | undefined, key: string, at: Place, scope: Scope): Fact<readonly ManifestSource[]> {
  const pair = pairOf(node, key)
  if (!pair) return node?.kind === 'mapping' && node.open ? unknown(node.open, at) : absent(at)
  const {value} = pair
  const where = pair.key.at
  if (value.kind === 'scalar' && value.value === null) return absent(where)
  if (value.kind !== 'mapping' && value.kind !== 'sequence') return unknown('manifests is unfinished', where)
  const sources: ManifestSource[] = []
  for (const item of value.kind === 'sequence' ? value.items : [value]) {
    const source = one(item, scope)
    if (typeof source === 'string') return unknown(source, where)
    sources.push(source)
  }
  return sources.length > 0 && !value.open ? known(sources, where) : unknown(value.open ?? 'manifests is unfinished', where)
}

function one(item: Node, scope: Scope): ManifestSource | string {
  const folder = folderOf(item.at.document)
  const path = (node: Node | undefined): {uri: string} | string => {
    const written = node && text(node)
    if (!written || isHalfVariable(written)) return 'a path of manifests is unfinished'
    const {text: filled, missing} = fill(written, scope)
    return missing.length > 0 ? `\${${missing[0]}} is not known here` : {uri: resolveUri(folder, filled)}
  }
  for (const kind of ['kustomize', 'directory'] as const) {
    const pair = pairOf(item, kind)
    if (!pair) continue
    const found = path(pair.value)
    return typeof found === 'string' ? found : {kind, folder: found.uri}
  }
  const helm = pairOf(item, 'helm')?.value
  if (helm?.kind !== 'mapping') return 'manifests names no kustomize, helm or directory'
  const chart = path(pairOf(helm, 'chart')?.value)
  if (typeof chart === 'string') return chart
  const listed = pairOf(helm, 'values')?.value
  const values: string[] = []
  for (const node of listed?.kind === 'sequence' ? listed.items : listed ? [listed] : []) {
    const found = path(node)
    if (typeof found === 'string') return found
    values.push(found.uri)
  }
  const release = pairOf(helm, 'release')?.value
  const named = fill((release && text(release)) ?? scope.target ?? 'release', scope)
  return named.missing.length > 0
    ? `\${${named.missing[0]}} is not known here`
    : {kind: 'helm', chart: chart.uri, values, release: named.text, namespace: scope.namespace}
}
