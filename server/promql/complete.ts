import {variables} from '../model/variables.ts'
import {aggregations} from './aggregations.ts'
import type {Span} from './expression.ts'
import {functions} from './functions.ts'
import {keywords, matchingWords, operators} from './keywords.ts'
import {type Token, tokens} from './lexer.ts'
import type {Operation} from './operation.ts'
import type {Vocabulary} from './vocabulary.ts'

export type QueryItem = {
  readonly label: string
  readonly kind: 'function' | 'aggregation' | 'keyword' | 'metric' | 'label' | 'value' | 'variable' | 'duration' | 'operator'
  /** The signature, or what it is. */
  readonly detail: string
  readonly documentation?: string
  /** Plain PromQL; quotes in it are to be escaped where the YAML around it asks for that. */
  readonly insert: string
  /** The same with `$1` where the cursor goes, `$` and `}` of variables escaped. */
  readonly snippet?: string
}

/** What may stand at the cursor, best first, and the stretch of the query it takes the place of. */
export type QueryCompletion = Span & {readonly items: readonly QueryItem[]}

const none = (offset: number): QueryCompletion => ({start: offset, end: offset, items: []})

/** Completes a query, half-typed as it is, at an offset of its value. The words come from the queries of the same file. */
export function completePromql(query: string, offset: number, words: Vocabulary): QueryCompletion {
  const list = tokens(query)
  const inside = list.find(({start, end}) => start < offset && offset <= end)
  if (inside?.kind === 'comment') return none(offset)
  const opened = /\$\{?[\w.]*$/.exec(query.slice(0, offset))
  if (opened) return {start: opened.index, end: behindVariable(query, offset), items: variableItems()}
  const before = list.filter(({end}) => end <= offset && end !== inside?.end)
  if (inside?.kind === 'string') return inString(inside, offset, before, query, words)
  const span = inside && (inside.kind === 'word' || inside.kind === 'number') ? {start: inside.start, end: inside.end} : {start: offset, end: offset}
  const settled = inside && span.start === offset && inside.end <= offset ? [...before, inside] : before
  return {...span, items: at(settled, words)}
}

/** Behind the brace that closes a variable, where it is closed. */
const behindVariable = (query: string, offset: number): number => offset + (/^[\w.]*\}/.exec(query.slice(offset))?.[0].length ?? 0)

const variableItems = (): readonly QueryItem[] =>
  Object.entries(variables).map(([name, description]) => ({
    label: `\${${name}}`,
    kind: 'variable',
    detail: 'variable of a progression',
    documentation: description,
    insert: `\${${name}}`,
    snippet: `\\\${${name}\\}`,
  }))

type Open = {readonly bracket: string; readonly index: number}

function openAt(before: readonly Token[]): Open | undefined {
  const open: Open[] = []
  for (const [index, {kind, text}] of before.entries()) {
    if (kind === 'open') open.push({bracket: text, index})
    else if (kind === 'close') open.pop()
  }
  return open.at(-1)
}

/** The value of a label. */
function inString(token: Token, offset: number, before: readonly Token[], query: string, words: Vocabulary): QueryCompletion {
  const [label, operator] = before.slice(-2)
  const isClosed = token.text.length > 1 && token.text.endsWith(token.text[0] ?? '')
  if (openAt(before)?.bracket !== '{' || label?.kind !== 'word' || operator?.kind !== 'operator' || (isClosed && offset === token.end)) return none(offset)
  const span = {start: token.start + 1, end: isClosed ? token.end - 1 : token.end}
  const typed = query.slice(span.start, offset)
  return {...span, items: valuesOf(label.text, words).filter(item => item.label !== typed)}
}

/** The variable that fits the label, then the values it has elsewhere; a label of a namespace wants the environment's. */
function valuesOf(label: string, words: Vocabulary): readonly QueryItem[] {
  const fitting = label.includes('namespace') ? ['${namespace}'] : ['${environment}', '${target}', '${release}', '${cluster}']
  const values = words.labels.get(label) ?? []
  return [...variableItems().filter(item => fitting.includes(item.label)), ...values.map(value => word(value, 'value', `value of ${label}`))]
}

const quoted = (item: QueryItem): QueryItem => ({...item, label: `"${item.label}"`, insert: `"${item.insert}"`, snippet: item.snippet && `"${item.snippet}"`})

const word = (label: string, kind: QueryItem['kind'], detail: string, insert = label, snippet?: string): QueryItem => ({label, kind, detail, insert, snippet})

function at(before: readonly Token[], words: Vocabulary): readonly QueryItem[] {
  const open = openAt(before)
  const last = before.at(-1)
  if (open?.bracket === '{') return inBraces(before, open, words)
  if (open?.bracket === '[') return periods(last?.text === ':')
  const keyword = open && before[open.index - 1]?.text.toLowerCase()
  if (open && keyword && /^(by|without|on|ignoring|group_left|group_right)$/.test(keyword)) {
    if (last?.text !== '(' && last?.text !== ',') return []
    return ['le', ...words.labels.keys()].filter((label, index, all) => all.indexOf(label) === index).map(label => word(label, 'label', 'label'))
  }
  const name = last?.text.toLowerCase() ?? ''
  if (name === 'offset') return periods(true)
  if (last?.kind === 'word' && aggregations.has(name)) return [keywordItem('by', 'by ($1) '), keywordItem('without', 'without ($1) ')]
  if (last && endsOperand(last)) return behindOperand(before)
  const starts = [...calls(), ...[...words.metrics.keys()].map(metric => word(metric, 'metric', 'metric used in this file'))]
  return last?.kind === 'operator' && last.text !== ','
    ? [...starts, ...matchingWords.map(text => keywordItem(text, text === 'bool' ? 'bool ' : `${text} ($1) `))]
    : starts
}

const endsOperand = ({kind, text}: Token): boolean =>
  kind === 'close' || kind === 'number' || kind === 'string' || (kind === 'word' && !keywords.has(text.toLowerCase()))

/** Behind the parenthesis of an aggregation its labels may follow; behind a metric, where it is moved to. */
function behindOperand(before: readonly Token[]): readonly QueryItem[] {
  let depth = 0
  let index = before.length - 1
  if (before[index]?.kind === 'close')
    for (; index >= 0; index--) {
      if (before[index]?.kind === 'close') depth++
      if (before[index]?.kind === 'open' && --depth === 0) break
    }
  const caller = before[index - 1]
  const grouped = caller?.kind === 'word' && aggregations.has(caller.text.toLowerCase()) ? ['by', 'without'] : []
  return [...grouped.map(text => keywordItem(text, `${text} ($1)`)), ...operators.map(text => keywordItem(text, `${text} `)), keywordItem('offset', 'offset ')]
}

const keywordItem = (label: string, snippet: string): QueryItem => ({
  label,
  kind: 'keyword',
  detail: 'keyword',
  documentation: keywords.get(label),
  insert: snippet.replace('($1)', '()'),
  snippet,
})

const calls = (): readonly QueryItem[] => [
  ...[...aggregations.values()].map(one => call(one, 'aggregation')),
  ...[...functions.values()].map(one => call(one, 'function')),
]

function call({name, signature, description, parameters, experimental}: Operation, kind: 'function' | 'aggregation'): QueryItem {
  const [first] = parameters
  const inner = first === undefined ? '' : first.type === 'range' ? '$1[\\${window\\}]' : '$1'
  return {
    label: name,
    kind,
    detail: signature,
    documentation: experimental ? `${description} Experimental: Prometheus has to be started with a flag for it.` : description,
    insert: `${name}()`,
    snippet: `${name}(${inner})`,
  }
}

function periods(isStep: boolean): readonly QueryItem[] {
  const usual = isStep ? ['30s', '1m', '5m', '1h', '1d'] : ['1m', '5m', '10m', '30m', '1h']
  const window = variableItems().filter(({label}) => label === '${window}')
  return [...(isStep ? [] : window), ...usual.map(text => word(text, 'duration', 'duration'))]
}

function inBraces(before: readonly Token[], {index}: Open, words: Vocabulary): readonly QueryItem[] {
  const last = before.at(-1)
  if (last?.text === '{' || last?.text === ',') {
    const metric = before[index - 1]
    const own = metric?.kind === 'word' ? (words.metrics.get(metric.text) ?? []) : []
    const used = new Set(before.slice(index).flatMap(({kind, text}) => (kind === 'word' ? [text] : [])))
    const labels = [...own, ...words.labels.keys(), 'namespace'].filter((label, at, all) => all.indexOf(label) === at && !used.has(label))
    return labels.map(label =>
      label === 'namespace'
        ? word(label, 'label', 'the namespace of the environment', 'namespace="${namespace}"', 'namespace="\\${namespace\\}"')
        : word(label, 'label', 'label', `${label}=""`, `${label}="$1"`),
    )
  }
  const compared = before.at(-2)
  if (last?.kind === 'operator' && compared?.kind === 'word') return valuesOf(compared.text, words).map(quoted)
  if (last?.kind === 'word') return (['=', '=~', '!=', '!~'] as const).map(text => word(text, 'operator', comparing[text], `${text}""`, `${text}"$1"`))
  return []
}

const comparing = {'=': 'is', '=~': 'matches the regular expression', '!=': 'is not', '!~': 'does not match the regular expression'} as const
