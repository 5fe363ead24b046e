import {nearest} from '../model/nearest.ts'
import {aggregations} from './aggregations.ts'
import type {QueryFinding} from './finding.ts'
import {functions, renamedFunctions} from './functions.ts'
import type {Token} from './lexer.ts'
import type {Parsed} from './parse.ts'

/** Words that may stand before a parenthesis without being called. */
const keywords: ReadonlySet<string> = new Set(
  'and or unless by without on ignoring group_left group_right bool offset atan2 start end step range min_of max_of fill fill_left fill_right inf nan anchored smoothed'.split(
    ' ',
  ),
)

/** Words that are followed by labels in parentheses. */
const labelKeywords: ReadonlySet<string> = new Set(['by', 'without', 'on', 'ignoring'])

const unlisted = (keyword: string, at: {start: number; end: number}, label: string): QueryFinding => ({
  ...at,
  message: `Labels stand in parentheses: ${keyword} (${label}).`,
  change: {...at, text: `(${label})`},
})

const callable: readonly string[] = [...functions.keys(), ...aggregations.keys()]

/** The first thing that keeps a query from being read; the rest would follow from it. */
export function syntaxError(parsed: Parsed): QueryFinding | undefined {
  const list = parsed.tokens.filter(({kind}) => kind !== 'comment')
  return foreign(parsed) ?? unknownFunction(list) ?? (parsed.broken && (unclosedString(list) ?? unbalanced(list) ?? unexpected(list, parsed.broken.start)))
}

/** Variables of other tools, which nobody fills in here. */
function foreign({text, tokens}: Parsed): QueryFinding | undefined {
  const template = /\{\{[^{}]*\}\}/.exec(text)
  if (template) {
    const [start, end] = [template.index, template.index + template[0].length]
    return {start, end, message: `${template[0]} is a template of another tool and is not filled in here. Write a variable such as \${namespace}.`}
  }
  for (const [index, token] of tokens.entries()) {
    if (token.text === '$${') return {...token, message: '$${ stands for ${ itself, which PromQL does not know. Write ${ for a variable.'}
    if (token.text !== '$') continue
    const word = tokens[index + 1]
    if (word?.text === '{') return {...token, message: 'This ${ is never closed. Write a variable such as ${namespace}.'}
    if (word?.kind !== 'word' || word.start !== token.end) continue
    const [start, end] = [token.start, word.end]
    const isWindow = /interval|range|window|__/.test(word.text)
    const meant = isWindow ? 'window' : ['namespace', 'environment', 'target', 'cluster', 'release'].find(one => one === word.text)
    return {
      start,
      end,
      message: `$${word.text} is a variable of Grafana and is not filled in here. Write \${${meant ?? 'namespace'}}${meant ? '' : ' or another variable of a progression'}.`,
      change: meant ? {start, end, text: `\${${meant}}`} : undefined,
    }
  }
  return undefined
}

function unknownFunction(list: readonly Token[]): QueryFinding | undefined {
  for (const [index, {kind, text, start, end, variables}] of list.entries()) {
    if (kind !== 'word' || list[index + 1]?.text !== '(' || variables) continue
    const before = list[index - 1]?.text.toLowerCase() ?? ''
    if (functions.has(text) || aggregations.has(text.toLowerCase()) || keywords.has(text.toLowerCase())) continue
    if (labelKeywords.has(before)) return unlisted(before, {start, end}, text)
    const meant = renamedFunctions[text] ?? nearest(text, callable)
    const isMiscased = functions.has(text.toLowerCase())
    const word = isMiscased ? text.toLowerCase() : meant
    return {
      start,
      end,
      message: `PromQL has no function ${text}.${word ? ` Did you mean ${word}?` : ''}`,
      change: word ? {start, end, text: word} : undefined,
    }
  }
  return undefined
}

function unclosedString(list: readonly Token[]): QueryFinding | undefined {
  const open = list.find(({kind, text}) => kind === 'string' && (text.length < 2 || text.at(-1) !== text[0] || /[^\\](\\\\)*\\.$/.test(text)))
  return open && {...place(open), message: `This ${open.text[0]} is never closed on its line.`}
}

const partners: Readonly<Record<string, string>> = {'(': ')', '{': '}', '[': ']'}

function unbalanced(list: readonly Token[]): QueryFinding | undefined {
  const open: Token[] = []
  for (const token of list) {
    if (token.kind === 'open') open.push(token)
    if (token.kind !== 'close') continue
    const last = open.pop()
    if (!last) return {...place(token), message: `Nothing is open that this ${token.text} could close.`}
    const wanted = partners[last.text]
    if (wanted !== token.text) return {...place(token), message: `A ${wanted} is missing before this ${token.text}: ${last.text} is still open.`}
  }
  const last = open.at(-1)
  return last && {...place(last), message: `This ${last.text} is never closed: a ${partners[last.text]} is missing.`}
}

const place = ({start, end}: Token): {start: number; end: number} => ({start, end})

const foreignOperators: Readonly<Record<string, string>> = {'&&': 'and', '||': 'or'}
const isOperand = (token: Token | undefined): boolean =>
  token?.kind === 'word' || token?.kind === 'number' || token?.kind === 'string' || token?.kind === 'close'

/** In the words of what stands around the place where the parser gave up. */
function unexpected(list: readonly Token[], offset: number): QueryFinding {
  const index = list.findIndex(({end}) => end > offset)
  const at = index < 0 ? undefined : list[index]
  const before = list[index < 0 ? list.length - 1 : index - 1]
  if (!at) return before ? {...place(before), message: `Something is missing after ${before.text}.`} : {start: 0, end: 0, message: 'The query is empty.'}
  const next = list[index + 1]
  const pair = at.text + (next && next.start === at.end ? next.text : '')
  const word = foreignOperators[pair]
  if (word)
    return {start: at.start, end: at.start + 2, message: `PromQL writes ${word}, not ${pair}.`, change: {start: at.start, end: at.start + 2, text: word}}
  if (at.kind === 'word' && before && labelKeywords.has(before.text.toLowerCase())) return unlisted(before.text, place(at), at.text)
  const around = enclosing(list, index)
  if (around === '{') return inBraces(at, before, next)
  if (around === '[') return {...place(at), message: `${at.text} is no duration. Write it as 30s, 5m or 1h30m.`}
  if (at.text === '=' || at.text === '=~' || at.text === '!~') {
    const isEqual = at.text === '='
    const message = isEqual ? 'Numbers are compared with ==; = compares labels inside {}.' : `${at.text} compares labels inside {}, not numbers.`
    return {...place(at), message, change: isEqual ? {...place(at), text: '=='} : undefined}
  }
  if (at.text === ',' || at.kind === 'close') return {...place(at), message: `Something is missing before this ${at.text}.`}
  if (!before && at.kind === 'operator') return {...place(at), message: `Something is missing before ${at.text}.`}
  if (at.text === '!') return {...place(at), message: 'PromQL has no !. Write unless for "and not", or != to compare.'}
  if (before?.kind === 'operator' && at.kind === 'operator') return {...place(at), message: `Something is missing between ${before.text} and ${at.text}.`}
  if (isOperand(before) && (isOperand(at) || at.kind === 'open'))
    return {...place(at), message: `An operator is missing between ${before?.text} and ${at.text}.`}
  return {...place(at), message: `${at.text} cannot stand here.`}
}

/** The bracket that is open at a token. */
function enclosing(list: readonly Token[], index: number): string | undefined {
  const open: string[] = []
  for (const {kind, text} of list.slice(0, index)) {
    if (kind === 'open') open.push(text)
    else if (kind === 'close') open.pop()
  }
  return open.at(-1)
}

function inBraces(at: Token, before: Token | undefined, next: Token | undefined): QueryFinding {
  if (/^(=|!=|=~|!~)$/.test(before?.text ?? '') && (at.kind === 'word' || at.kind === 'number')) {
    const message = `The value of a label stands in quotes: "${at.text}".`
    return {...place(at), message, change: {...place(at), text: `"${at.text}"`}}
  }
  const reversed = [at, before, next].find(token => token?.text === '~')
  if (reversed)
    return {
      start: reversed.start,
      end: reversed.start + 2,
      message: 'A regular expression is compared with =~, not with ~=.',
      change: {start: reversed.start, end: reversed.start + 2, text: '=~'},
    }
  if (at.text === '==') return {...place(at), message: 'Labels are compared with =, =~, != and !~, not with ==.', change: {...place(at), text: '='}}
  if (before?.kind === 'string')
    return {...place(at), message: `A comma is missing before ${at.text}.`, change: {start: before.end, end: before.end, text: ','}}
  if (at.text === '}' && before?.kind === 'operator') return {...place(before), message: `The value after ${before.text} is missing.`}
  if (before?.kind === 'word') return {...place(before), message: `A label is compared with =, =~, != or !~ and a value in quotes: ${before.text}="…".`}
  if (at.kind === 'word' && next?.text !== '=')
    return {...place(at), message: `A label is compared with =, =~, != or !~ and a value in quotes: ${at.text}="…".`}
  return {...place(at), message: `${at.text} cannot stand between braces.`}
}
