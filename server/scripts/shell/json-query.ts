import type {Outcome} from './command.ts'
import {literal, textOf, unclear, type Value} from './value.ts'

const step = /^(?:\.([A-Za-z_]\w*)|\.?\["([^"]*)"\]|\.?\[(-?\d+)\])(\??)/

/** What jq does with an input that is known: paths such as `.data.result[0].value[1]`. Anything else may end in any way. */
export function queryJson(all: readonly Value[], input: Value | undefined): Outcome {
  const words = all.map(textOf)
  const flags = words.filter(word => word?.startsWith('-')).join(' ')
  const others = words.filter(word => word === undefined || !word.startsWith('-'))
  const exits = /(^|\s)(-[a-zA-Z]*e[a-zA-Z]*|--exit-status)(\s|$)/.test(flags)
  if (input && input.length === 0 && others.length <= 1 && !/(^|\s)(-[a-zA-Z]*n|--null-input)/.test(flags)) {
    // jq 1.7 ends with 4 where nothing came out and --exit-status is given, and with 0 otherwise.
    return exits ? {verdict: false, output: [], status: literal('4')} : {verdict: true, output: []}
  }
  const [filter] = others
  const text = input && textOf(input)
  if (text === undefined || filter === undefined || others.length !== 1) return {verdict: undefined, output: unclear}
  const result = followed(parsed(text), filter)
  if (!result) return {verdict: undefined, output: unclear}
  const {value} = result
  const isRaw = /(^|\s)(-[a-zA-Z]*[rj][a-zA-Z]*|--raw-output)(\s|$)/.test(flags)
  const shown = typeof value === 'string' && isRaw ? value : JSON.stringify(value)
  return {verdict: exits ? value !== null && value !== false : true, output: literal(`${shown}\n`)}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A value at a path; `null` where it leads nowhere, as in jq. Undefined for filters of any other kind. */
function followed(root: unknown, filter: string): {readonly value: unknown} | undefined {
  if (root === undefined) return undefined
  let value: unknown = root
  let rest = filter.trim()
  if (rest === '.') return {value}
  while (rest !== '') {
    const match = step.exec(rest)
    if (!match) return undefined
    const [all, name, quoted, index] = match
    const key = name ?? quoted ?? Number(index)
    if (value === null || value === undefined) value = null
    else if (typeof key === 'number') value = Array.isArray(value) ? (value.at(key) ?? null) : undefined
    else value = typeof value === 'object' && !Array.isArray(value) ? ((value as Readonly<Record<string, unknown>>)[key] ?? null) : undefined
    // An index into something else is an error of jq.
    if (value === undefined) return undefined
    rest = rest.slice(all.length)
  }
  return {value}
}
