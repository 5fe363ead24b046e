import type {Hover, HoverParams} from 'vscode-languageserver-protocol'
import {type Node, pairOf} from '../document/node.ts'
import {parseDuration} from '../model/duration.ts'
import type {Place} from '../model/place.ts'
import {environmentNamed, type Progression} from '../model/progression.ts'
import {branchOf, wordsOf} from '../model/schema-tree.ts'
import {describePromql} from '../promql/describe.ts'
import {describeEnvironment} from './describe-environment.ts'
import {describeKey} from './describe-key.ts'
import {durationInWords} from './durations.ts'
import {defineFeature, type FeatureRequest} from './feature.ts'
import {flowOf} from './flow-text.ts'
import {describeComputed} from './hover/computed.ts'
import {describeGate} from './hover/gate.ts'
import {describeCluster, describeFlag, describeLane, describeRule, describeTarget} from './hover/names.ts'
import {describeVariable} from './hover/variable.ts'
import {code} from './markdown.ts'
import {anchorsOf} from './names/anchors.ts'
import {covers, type Named, namedAt} from './names/named.ts'
import {type Unit, unitAt} from './names/unit.ts'
import {nodeAt} from './node-at.ts'
import {queryAt} from './query-at.ts'

type Words = {readonly value: string; readonly at: Place}

/** What stands at the cursor: a name with all that is known of it, a variable with its values, a gate in sentences, else what its key means and comes to. */
export const hover = defineFeature({
  method: 'textDocument/hover',
  capability: {hoverProvider: true},
  provide(request, {position}: HoverParams): Hover | null {
    const {document, schema} = request
    const offset = document.lines.offset(position)
    const unit = unitAt(document, offset)
    if (!unit) return null
    const named = namedAt(unit, offset, schema)
    const about = ruleAt(request, offset) ?? (named && aboutName(request, unit, named, offset))
    const query = about ? undefined : aboutQuery(request, offset)
    if (query) return query
    const found = about ?? aboutKey(request, offset)
    return found ? {contents: {kind: 'markdown', value: found.value}, range: document.range(found.at)} : null
  },
})

/** A function, a keyword, a variable or a metric of a query. */
function aboutQuery({document, progressions}: FeatureRequest, offset: number): Hover | undefined {
  const found = queryAt(document, progressions, offset)
  const words = found && describePromql(found.query.text, found.offset)
  if (!words) return undefined
  const {start, end} = found.span(words.start, words.end)
  return {contents: {kind: 'markdown', value: words.text}, range: {start: document.lines.position(start), end: document.lines.position(end)}}
}

/** The code of a rule in a comment that silences it. */
function ruleAt({document, rule}: FeatureRequest, offset: number): Words | undefined {
  for (const {text, at} of document.comments) {
    const start = document.offset(at)
    if (start === undefined || offset < start || offset > start + text.length) continue
    for (const {0: word, index} of text.matchAll(/[\w-]+\/[\w-]+/g)) {
      const words = offset >= start + index && offset <= start + index + word.length ? rule(word) : undefined
      if (words) return {value: describeRule(word, words), at: {...at, start: at.start + index, end: at.start + index + word.length}}
    }
  }
  return undefined
}

function aboutName(request: FeatureRequest, unit: Unit, named: Named, offset: number): Words | undefined {
  const {type, kind, name, at} = named
  const say = (value: string | undefined): Words | undefined => (value === undefined ? undefined : {value, at})
  if (type === 'anchor') {
    const node = anchorsOf(unit.section).get(name)
    return node && say(`**${code(name)}** · anchor\n\n${code(flowOf(node))}`)
  }
  if (kind === 'rule') {
    const words = request.rule(name)
    return words && say(describeRule(name, words))
  }
  const merged = request.merged.find(({progression}) => progression.index === unit.index)
  const progression = merged?.progression
  const around = progression?.environments.items.find(({extent}) => covers(unit.document, extent, offset))
  if (type === 'variable') return say(describeVariable(name, progression, around))
  if (!progression) return undefined
  switch (kind) {
    case 'environment': {
      const environment = environmentNamed(progression, name)
      return environment && say(describeEnvironment(progression, environment))
    }
    case 'gate':
      return say(describeGate({name, definition: pairOf(pairOf(merged.top, 'gates')?.value, name)?.value, changes: changesAt(request, offset), progression}))
    case 'cluster':
      return say(describeCluster(name, progression))
    case 'flag':
      return say(describeFlag(name, progression))
    case 'lane':
      return say(describeLane(name, progression))
    case 'target':
      return around && say(describeTarget(name, around))
    default:
      return undefined
  }
}

/** What an environment says of a gate beside its name. */
function changesAt({document}: FeatureRequest, offset: number): Node | undefined {
  const found = nodeAt(document, offset)
  return found?.pair && found.path[0] !== 'gates' ? found.pair.value : undefined
}

/** What a key means and comes to; of a word, a duration or true and false, what its key means. */
function aboutKey(request: FeatureRequest, offset: number): Words | undefined {
  const {document, schemaAt, merged} = request
  const found = nodeAt(document, offset)
  if (!found) return undefined
  const {path, pair, section} = found
  if (pair) {
    const node = schemaAt(path)
    const words = node && describeKey(String(pair.key.value), node)
    if (words === undefined) return undefined
    const computed = describeComputed(
      request,
      path[0] === 'environments' || path[0] === 'defaults'
        ? merged.find(({progression}: {progression: Progression}) => progression.index === section)
        : undefined,
      path,
      pair,
    )
    return {value: computed ? `${words}\n\n${computed}` : words, at: pair.key.at}
  }
  const value = nodeBelow(document.sections[section]?.section.root, path)
  const node = schemaAt(path)
  if (value?.kind !== 'scalar' || !node || !covers(document, value.at, offset)) return undefined
  const key = path.findLast(step => typeof step === 'string')
  const holder = schemaAt(path.slice(0, path.lastIndexOf(key ?? '') + 1))
  const words = holder && describeKey(String(key), holder)
  const isDuration = branchOf(node, 'string')?.['x-duration'] ?? node['x-duration']
  const milliseconds = isDuration ? parseDuration(value.source) : undefined
  if (milliseconds !== undefined) return {value: [`**${value.source}** · ${durationInWords(milliseconds)}`, words].filter(Boolean).join('\n\n'), at: value.at}
  return words !== undefined && (wordsOf(node).length > 0 || branchOf(node, 'boolean')) ? {value: words, at: value.at} : undefined
}

const nodeBelow = (root: Node | undefined, path: readonly (string | number)[]): Node | undefined =>
  path.reduce<Node | undefined>(
    (node, step) => (typeof step === 'number' ? (node?.kind === 'sequence' ? node.items[step] : undefined) : pairOf(node, step)?.value),
    root,
  )
