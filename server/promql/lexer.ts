import type {Span} from './expression.ts'

export type TokenKind = 'word' | 'number' | 'string' | 'operator' | 'open' | 'close' | 'comment' | 'other'

/** A word or number may hold variables. */
export type Token = Span & {readonly kind: TokenKind; readonly text: string; readonly variables: boolean}

const variable = String.raw`\$\{[^{}]*\}`

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['comment', /#[^\n]*/y],
  // One that is not closed goes on to the end of its line; the parser says so.
  ['string', /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`[^`]*`?/y],
  ['number', new RegExp(String.raw`(?:\d|\.\d)(?:[eE][-+](?=\d)|[\w.]|${variable})*`, 'y')],
  ['word', new RegExp(String.raw`(?:[A-Za-z_:]|${variable})(?:[\w:]|${variable})*`, 'y')],
  ['operator', /=~|!~|!=|==|<=|>=|<\/|>\/|[-+*/%^<>=@,:]/y],
  ['open', /[({[]/y],
  ['close', /[)}\]]/y],
  ['other', /\$\$\{|[\s\S]/y],
]

/** Between brackets a colon parts the range from the step, so no word holds one. */
const inBrackets = new RegExp(String.raw`(?:[A-Za-z_]|${variable})(?:\w|${variable})*`, 'y')

/** Cuts a query into tokens, white space left out. Every other character belongs to one. */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = []
  let bracket = false
  for (let start = 0; start < text.length; ) {
    if (/\s/.test(text[start] ?? '')) {
      start++
      continue
    }
    for (const [kind, usual] of patterns) {
      const pattern: RegExp = bracket && kind === 'word' ? inBrackets : usual
      pattern.lastIndex = start
      const match: RegExpExecArray | null = pattern.exec(text)
      if (!match) continue
      const end = start + match[0].length
      found.push({kind, text: match[0], start, end, variables: (kind === 'word' || kind === 'number') && match[0].includes('${')})
      if (kind === 'open' || kind === 'close') bracket = match[0] === '['
      start = end
      break
    }
  }
  return found
}

/**
 * The same text with every variable outside of strings replaced by something of its length that PromQL can read: a duration
 * between brackets and behind `offset`, a number behind `@`, else part of a name.
 */
export function masked(text: string, list: readonly Token[]): string {
  if (!list.some(token => token.variables)) return text
  const open: string[] = []
  const parts: string[] = []
  let copied = 0
  for (const [index, token] of list.entries()) {
    if (token.kind === 'open') open.push(token.text)
    else if (token.kind === 'close') open.pop()
    if (!token.variables) continue
    const before = previousWord(list, index)
    const isPeriod = open.at(-1) === '[' || /^offset$/i.test(before)
    const length = token.text.length
    const stand = isPeriod ? `${'1'.repeat(length - 1)}s` : before === '@' || token.kind === 'number' ? '1'.repeat(length) : name(token.text)
    parts.push(text.slice(copied, token.start), stand)
    copied = token.end
  }
  return parts.join('') + text.slice(copied)
}

/** The token before, a sign left out: `offset -${window}`. */
function previousWord(list: readonly Token[], index: number): string {
  const before = list[index - 1]?.text ?? ''
  return before === '-' || before === '+' ? (list[index - 2]?.text ?? '') : before
}

const name = (text: string): string => text.replace(/\$\{[^{}]*\}/g, match => `v${'_'.repeat(match.length - 1)}`)
