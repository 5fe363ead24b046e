import {type Variable, variables} from '../model/variables.ts'
import {aggregations} from './aggregations.ts'
import type {Span} from './expression.ts'
import {functions} from './functions.ts'
import {keywords} from './keywords.ts'
import {tokens} from './lexer.ts'
import type {Operation} from './operation.ts'
import {secondsOf} from './parse.ts'
import {unitOfMetric} from './units.ts'

/** Words about a part of a query, in Markdown. */
export type Description = Span & {readonly text: string}

/** What stands at an offset of a query: a function with its signature, a keyword, a variable, a metric by what its name promises. */
export function describePromql(query: string, offset: number): Description | undefined {
  for (const {index, 0: written, 1: name = ''} of query.matchAll(/\$\{\s*([^{}]*?)\s*\}/g)) {
    const end = index + written.length
    const description = variables[name as Variable] ?? (name.startsWith('env.') ? 'A variable of the process that promotes.' : undefined)
    if (index <= offset && offset <= end && description) return {start: index, end, text: `**\${${name}}** · variable\n\n${description}`}
  }
  const list = tokens(query)
  const index = list.findIndex(({kind, start, end}) => start <= offset && offset <= end && kind === 'word')
  const token = list[index]
  if (!token || token.variables) return undefined
  const span = {start: token.start, end: token.end}
  const word = token.text.toLowerCase()
  const next = list[index + 1]?.text
  const isCalled = next === '(' || /^(by|without)$/i.test(next ?? '')
  const operation = isCalled ? (functions.get(token.text) ?? aggregations.get(word)) : undefined
  if (operation) return {...span, text: ofOperation(operation, functions.has(operation.name) ? 'function' : 'aggregation')}
  const keyword = keywords.get(word)
  if (keyword) return {...span, text: `**${word}** · keyword\n\n${keyword}`}
  if (/^(=|!=|=~|!~)$/.test(next ?? '')) return {...span, text: `**${token.text}** · label`}
  const metric = ofMetric(token.text)
  return metric ? {...span, text: metric} : undefined
}

function ofOperation({signature, description, parameters, experimental}: Operation, kind: string): string {
  const repeated = parameters.some(({type}) => type === 'range') ? '`range` is a metric with the time to look back: `name[${window}]`.' : undefined
  return [
    `**${signature}** · ${kind}`,
    description,
    repeated,
    experimental ? 'Experimental: Prometheus has to be started with `--enable-feature=promql-experimental-functions`.' : undefined,
  ]
    .filter(line => line !== undefined)
    .join('\n\n')
}

/** What the name of a metric promises by the conventions of Prometheus. */
function ofMetric(name: string): string | undefined {
  if (name.includes(':')) return `**${name}** · recording rule`
  const unit = unitOfMetric(name)
  const kind = name.endsWith('_bucket')
    ? 'the buckets of a histogram, counted up to the label `le`; `histogram_quantile` takes their rate'
    : name.endsWith('_count')
      ? 'how many observations a histogram or summary has made; a counter'
      : name.endsWith('_sum')
        ? 'the sum of what a histogram or summary observed; a counter'
        : name.endsWith('_total')
          ? 'a counter: it only grows, so take its `rate` or `increase`'
          : undefined
  const said = [kind, unit && `in ${unit}`].filter(line => line !== undefined).join(', ')
  return said === '' ? undefined : `**${name}** · metric\n\nBy its name ${said}.`
}

/** A duration of PromQL in words, or undefined: `1h30m` → `1 hour 30 minutes`. */
export function durationInWords(text: string): string | undefined {
  const seconds = secondsOf(text)
  if (seconds === undefined || seconds <= 0) return undefined
  const parts: string[] = []
  let rest = seconds
  for (const [size, unit] of [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const) {
    const amount = unit === 'second' ? Math.round(rest * 1000) / 1000 : Math.floor(rest / size)
    if (amount > 0) parts.push(`${amount} ${unit}${amount === 1 ? '' : 's'}`)
    rest -= Math.floor(rest / size) * size
  }
  return parts.join(' ')
}
