import {isAlias, isMap, isScalar, isSeq, parseDocument, type Node as YamlNode, type Scalar as YamlScalar} from 'yaml'
import type {BlockId, Place} from '../model/place.ts'
import type {Problem} from '../model/problem.ts'
import {type BlockComment, commentsIn} from './comments.ts'
import {duplicateKeys} from './duplicate-keys.ts'
import type {Node, Pair, Scalar, ScalarStyle} from './node.ts'
import {explain} from './syntax-errors.ts'

export type ParsedBlock = {
  /** What stands in the block, or undefined where there is nothing but comments. */
  readonly node: Node | undefined
  readonly problems: readonly Problem[]
  readonly hasAliases: boolean
  /** Quotes or brackets were still open where the block ended, so it may go on in the next one. */
  readonly unclosed: boolean
  /** Comments that speak to this tool. */
  readonly comments: readonly BlockComment[]
}

/** What is read deeper than this is nobody's configuration, and would overflow the stack of whoever walks it. */
const deepest = 60

/** Reads the text of one block. Never throws; what does not parse is left open and said in `problems`. */
export function parseBlock(text: string, document: string, block: BlockId): ParsedBlock {
  const problems: Problem[] = []
  let hasAliases = false
  const place = (start: number, end: number): Place => ({document, block, start, end})
  if (nesting(text) > deepest) {
    const at = place(0, text.length)
    const why = `nested deeper than ${deepest} levels`
    return {
      node: {kind: 'broken', why, at},
      problems: [{code: 'config/schema', at, message: `This is ${why}, so it is not read.`}],
      hasAliases,
      unclosed: false,
      comments: [],
    }
  }
  const parsed = withoutStacks(() => parseDocument(text, {prettyErrors: false, logLevel: 'silent', uniqueKeys: false, strict: true}))
  const open = parsed.errors.length > 0 ? 'the text here does not parse' : undefined
  for (const error of parsed.errors) {
    const [start, end] = shown(error.pos, text)
    problems.push({
      code: 'config/schema',
      at: place(start, end),
      message: explain(error.code, error.message, text, start),
    })
    break // The first one is what the author did; the others follow from it.
  }

  function read(node: YamlNode | null | undefined, fallback: Place): Node {
    if (!node) return {kind: 'empty', at: fallback}
    const [start, end] = node.range ?? [fallback.start, fallback.end]
    const at = place(start, Math.max(start, end))
    if (isAlias(node)) {
      hasAliases = true
      return {kind: 'alias', name: node.source, at}
    }
    if (isScalar(node)) return scalar(node, at)
    if (isSeq(node)) {
      const items = node.items.map(item => read(item as YamlNode, at))
      return {kind: 'sequence', items, flow: node.flow === true, at, anchor: node.anchor, open}
    }
    if (!isMap(node)) return {kind: 'broken', why: 'not YAML', at}
    const pairs: Pair[] = []
    for (const {key, value} of node.items) {
      if (!isScalar(key)) {
        const where = (key as YamlNode | null)?.range
        if (!open)
          problems.push({code: 'config/schema', at: where ? place(where[0], where[1]) : at, message: 'A key is a plain word here, not a list or a map.'})
        continue
      }
      // A word without a colon is being typed: it is no key yet, and the syntax error says so.
      if (open && !value) continue
      const [keyStart, keyEnd] = key.range ?? [start, start]
      const keyNode = scalar(key, place(keyStart, keyEnd))
      if (keyNode.kind !== 'scalar') continue
      pairs.push({key: {...keyNode, value: keyNode.source}, value: read(value as YamlNode | null, place(keyEnd, keyEnd))})
    }
    problems.push(...duplicateKeys(pairs))
    return {kind: 'mapping', pairs, flow: node.flow === true, at, anchor: node.anchor, open}
  }

  function scalar(node: YamlScalar, at: Place): Scalar | Node {
    const {value, type} = node
    const style: ScalarStyle =
      type === 'QUOTE_SINGLE' ? 'single' : type === 'QUOTE_DOUBLE' ? 'double' : type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED' ? 'block' : 'plain'
    if (style === 'plain' && at.start === at.end && value === null) return {kind: 'empty', at, anchor: node.anchor}
    if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
      return {kind: 'scalar', value: node.source ?? String(value), source: node.source ?? String(value), style, at, anchor: node.anchor}
    const source = node.source ?? ''
    const written = style === 'plain' && at.end - at.start === source.length ? undefined : text.slice(at.start, at.end)
    return {kind: 'scalar', value: value as Scalar['value'], source, written, style, at, anchor: node.anchor}
  }

  const whole = place(0, text.length)
  const node = parsed.contents ? read(parsed.contents as YamlNode, whole) : open ? {kind: 'broken' as const, why: open, at: whole} : undefined
  return {
    node: node?.kind === 'empty' && !node.anchor ? undefined : node,
    problems,
    hasAliases,
    unclosed: parsed.errors.some(({code}) => code === 'MISSING_CHAR' || code === 'BAD_INDENT'),
    comments: commentsIn(text, node, 'progression-ignore', place),
  }
}

/** Half-typed text makes dozens of errors, and writing down where each was made takes three times as long as parsing. */
function withoutStacks<T>(work: () => T): T {
  const usual = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return work()
  } finally {
    Error.stackTraceLimit = usual
  }
}

/** An upper bound of how deep a text nests, without reading it: brackets, and the indentation of its deepest line. */
function nesting(text: string): number {
  let flow = 0
  let deepestFlow = 0
  let compact = 0
  let deepestCompact = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 91 || code === 123) deepestFlow = Math.max(deepestFlow, ++flow)
    else if (code === 93 || code === 125) flow = Math.max(0, flow - 1)
    else if (code === 10) compact = 0
    else if (code === 45 && (text.charCodeAt(index + 1) === 32 || text.charCodeAt(index + 1) === 10)) deepestCompact = Math.max(deepestCompact, ++compact)
  }
  return Math.max(deepestFlow, deepestCompact)
}

/** Where to show an error: one behind the last word of the block belongs to that word, not to the empty line after it. */
function shown([start, end]: readonly [number, number], text: string): [number, number] {
  const length = text.trimEnd().length
  if (start < length) return [start, Math.min(Math.max(end, start + 1), text.length)]
  const word = /\S+$/.exec(text.slice(0, length))
  return [word?.index ?? 0, length]
}
