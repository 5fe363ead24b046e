import type {Word} from '../model/command.ts'
import {variablePattern} from '../model/variables.ts'
import type {Part, Program, Word as ShellWord} from './shell/syntax.ts'

/** An argument list as a script of one command, in which each word has the length 1. No shell splits its words. */
export function programOf(words: readonly Word[]): Program {
  const shellWords = words.map(({text}, index): ShellWord => ({start: index, end: index + 1, parts: partsOf(text)}))
  return {statements: [{kind: 'simple', start: 0, end: words.length, assignments: [], words: shellWords}], comments: []}
}

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = []
  const add = (piece: string): void => void (piece && parts.push({kind: 'text', text: piece, quoted: true}))
  let at = 0
  for (const match of text.matchAll(variablePattern)) {
    add(text.slice(at, match.index))
    at = match.index + match[0].length
    if (match[1] === undefined) add('${')
    else parts.push({kind: 'variable', name: match[1].trim().replace('env.', 'env_'), quoted: true})
  }
  add(text.slice(at))
  return parts.length > 0 ? parts : [{kind: 'text', text: '', quoted: true}]
}

const shells = /^(?:.*\/)?(ba|da|z|k|a)?sh$/

/** What an argument list starts. */
export type Started =
  /** A script as a word: `sh -c '…'`; its arguments follow. */
  | {readonly kind: 'text'; readonly text: Word; readonly options: string; readonly rest: readonly Word[]}
  /** A file that a shell reads, or that is started by itself. */
  | {readonly kind: 'file'; readonly path: Word; readonly byName: boolean; readonly options: string; readonly rest: readonly Word[]}
  | {readonly kind: 'k6'; readonly path: Word}
  | {readonly kind: 'command'}

export function startedBy([first, ...others]: readonly Word[]): Started {
  if (!first) return {kind: 'command'}
  if (shells.test(first.text)) return shellWith(others)
  if (/^(?![/~-])\S*\//.test(first.text) && !/\s/.test(first.text)) return {kind: 'file', path: first, byName: true, options: '', rest: others}
  if (/^(?:.*\/)?k6$/.test(first.text) && others[0]?.text === 'run') {
    const isTold = others.some(({text}) => /^(-c|--config|--no-thresholds)(=|$)/.test(text))
    const path = others.findLast(({text}) => /\.js$/.test(text))
    return path && !isTold ? {kind: 'k6', path} : {kind: 'command'}
  }
  return {kind: 'command'}
}

function shellWith(words: readonly Word[]): Started {
  const options: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (!word) break
    if (!/^[-+]./.test(word.text)) return {kind: 'file', path: word, byName: false, options: options.join(' '), rest: words.slice(index + 1)}
    options.push(word.text)
    const text = words[index + 1]
    // The word behind the script is `$0`.
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(word.text) && text) return {kind: 'text', text, options: options.join(' '), rest: words.slice(index + 3)}
    if (/^-[a-zA-Z]*o$/.test(word.text) && text) options.push(words[++index]?.text ?? '')
  }
  return {kind: 'command'}
}
