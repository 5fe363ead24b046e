import {variablePattern, variables} from '../../model/variables.ts'
import type {Span} from '../span.ts'
import {concatenate, given, literal, type Value} from './value.ts'

/** What the variables of a progression stand for, by name, as far as that is known before a promotion. */
export type Scope = ReadonlyMap<string, string>

/** A text with its variables filled; what is filled only later is there and not known. */
export function filled(text: string, scope: Scope): Value {
  const pieces: Value[] = []
  let at = 0
  for (const match of text.matchAll(variablePattern)) {
    pieces.push(literal(text.slice(at, match.index)))
    const name = match[1]?.trim()
    const value = name === undefined ? '${' : scope.get(name)
    pieces.push(value === undefined ? given : literal(value))
    at = match.index + match[0].length
  }
  return concatenate([...pieces, literal(text.slice(at))])
}

/**
 * A script as a shell gets it from a progression: `$${` is a literal, and a variable of the progression becomes one of the shell, which
 * has its value from {@link variablesOf}. `original` finds an offset of the result in the text as it was written.
 */
export function shellText(written: string): {readonly text: string; original(span: Span): Span} {
  const removed: number[] = []
  let text = ''
  let at = 0
  for (const match of written.matchAll(variablePattern)) {
    text += written.slice(at, match.index)
    at = match.index + match[0].length
    if (match[1] === undefined) {
      text += '${'
      removed.push(text.length - 1)
    } else text += match[0].replace('env.', 'env_')
  }
  text += written.slice(at)
  const original = (offset: number): number => offset + removed.filter(one => one < offset).length
  return {text, original: ({start, end}) => ({start: original(start), end: original(end)})}
}

/** The variables of a progression as a script sees them. */
export const variablesOf = (scope: Scope): ReadonlyMap<string, Value> =>
  new Map(Object.keys(variables).map(name => [name, scope.has(name) ? literal(scope.get(name) ?? '') : given] as const))
