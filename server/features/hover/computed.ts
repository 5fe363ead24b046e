import {type Mapping, type Node, type Pair, pairOf} from '../../document/node.ts'
import type {Path} from '../cursor/frame.ts'
import type {FeatureRequest, Merged} from '../feature.ts'
import {flowOf} from '../flow-text.ts'
import {code} from '../markdown.ts'

/**
 * What a key of an environment comes to once `defaults` and the base file are merged, and where the parts are from. Undefined
 * where it is just what is written there. Of a key of `defaults`, which environments have it from there.
 */
export function describeComputed(request: FeatureRequest, merged: Merged | undefined, path: Path, own: Pair): string | undefined {
  if (!merged) return undefined
  if (path[0] === 'defaults' && path.length === 2) return heirs(merged, own)
  if (path[0] === 'environments' && typeof path[1] === 'number' && path.length > 2) return inEnvironment(request, merged, path, own)
  return undefined
}

function heirs({environments}: Merged, own: Pair): string | undefined {
  const key = own.key.source
  const heirs = environments.filter(({merged}) => pairOf(merged, key)?.key === own.key).map(({name}) => code(name))
  const others = environments.filter(({merged}) => pairOf(merged, key)?.key !== own.key).map(({name}) => code(name))
  if (environments.length === 0) return undefined
  if (others.length === 0) return 'Every environment has it from here.'
  return heirs.length === 0
    ? 'Every environment has its own.'
    : `From here in ${heirs.join(', ')}; ${others.join(', ')} ${others.length === 1 ? 'has its' : 'have their'} own.`
}

function inEnvironment(request: FeatureRequest, {environments}: Merged, path: Path, own: Pair): string | undefined {
  // Lists are not merged, so that what stands in one is all there is.
  if (path.slice(2).some(step => typeof step === 'number')) return undefined
  const keys = path.slice(2).map(String)
  const tree = environments.find(({merged}) => keyAt(merged, keys) === own.key)?.merged
  const value = tree && nodeBelow(tree, keys)
  if (value?.kind !== 'mapping') return undefined
  const inherited = value.pairs.filter(({key}) => !contains(own.value, key))
  if (inherited.length === 0) return undefined
  return [`Here: ${code(flowOf(value))}`, ...inherited.map(pair => `- ${code(`${pair.key.source}: ${flowOf(pair.value)}`)} ${source(request, pair)}`)]
    .join('\n\n')
    .replace(/\n\n- /g, '\n- ')
    .replace('\n- ', '\n\n- ')
}

const keyAt = (tree: Mapping, keys: readonly string[]): Node | undefined => {
  const holder = nodeBelow(tree, keys.slice(0, -1))
  return pairOf(holder, keys.at(-1) ?? '')?.key
}

const nodeBelow = (tree: Node, keys: readonly string[]): Node | undefined => keys.reduce<Node | undefined>((node, key) => pairOf(node, key)?.value, tree)

const contains = (node: Node, key: Node): boolean => node.kind === 'mapping' && node.pairs.some(pair => pair.key === key)

/** `from defaults, line 12`, as a way there. */
function source({document, documentOf, around}: FeatureRequest, {key}: Pair): string {
  const from = documentOf(key.at.document)
  const offset = from?.offset(key.at)
  if (!from || offset === undefined) return 'from `defaults`'
  const line = from.lines.lineAt(offset) + 1
  const file = from === document ? '' : ` of ${decodeURIComponent(from.uri.slice(from.uri.lastIndexOf('/') + 1))}`
  return `from [defaults${file}, line ${line}](${around.spelling(from.uri)}#L${line})`
}
