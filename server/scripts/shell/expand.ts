import {arithmetic} from './arithmetic.ts'
import {after, type Ends} from './flow.ts'
import {printed, type State} from './state.ts'
import type {Part, Statement, Word} from './syntax.ts'
import {concatenate, given, hasText, literal, textOf, unclear, type Value, withoutBreaks} from './value.ts'

/** Runs the statements of a substitution in a shell of their own. */
export type Substitute = (body: readonly Statement[], state: State) => Ends

export type Field = {readonly value: Value /** It may be several words, or none. */; readonly isOpen: boolean}

/** Puts words together as a shell does. Substitutions run, and what they leave behind goes along in `state`. */
export class Expander {
  state: State
  /** How the last substitution ended, for assignments, whose status it is. */
  last: Ends | undefined
  readonly #substitute: Substitute

  constructor(state: State, substitute: Substitute) {
    this.state = state
    this.#substitute = substitute
  }

  /** A word as one value, as behind `=`. */
  value(word: Word | undefined): Value {
    return word ? concatenate(word.parts.map(part => this.#part(part))) : []
  }

  /** What `(( … ))` and `$(( … ))` come to. */
  arithmetic(word: Word): ReturnType<typeof arithmetic> {
    return arithmetic(this.value(word), this.state)
  }

  /** A word as the words it becomes: what is not quoted is split at its spaces. */
  fields(word: Word): readonly Field[] {
    const fields: {value: Value; isOpen: boolean; began: boolean}[] = []
    let current = {value: [] as Value, isOpen: false, began: false}
    const add = (value: Value, isQuoted: boolean): void => {
      current = {...current, value: concatenate([current.value, value]), began: current.began || isQuoted || value.length > 0}
    }
    const end = (): void => {
      if (current.began) fields.push(current)
      current = {value: [], isOpen: false, began: false}
    }
    for (const part of word.parts) {
      const list = part.kind === 'variable' ? this.#list(part.name) : undefined
      if (list) {
        for (const [index, value] of list.entries()) {
          if (index > 0) end()
          add(value, part.quoted)
        }
        continue
      }
      const value = this.#part(part)
      const text = textOf(value)
      // A list that is not known may hold any number of words, quoted or not.
      current.isOpen ||= part.kind === 'variable' && /^[@*]$|\[[@*]\]$/.test(part.name)
      if (part.quoted || part.kind === 'text') add(value, part.quoted)
      else if (text === undefined) {
        current.isOpen ||= word.parts.length === 1 && !isOneWord(part)
        add(value, false)
      } else {
        const words = text.split(/\s+/)
        for (const [index, one] of words.entries()) {
          if (index > 0) end()
          add(literal(one), false)
        }
      }
    }
    end()
    return fields
  }

  /** The values of `"$@"` and of a list that was set here. */
  #list(name: string): readonly Value[] | undefined {
    if (name === '@' || name === '*') return this.state.arguments
    const [, list = ''] = /^(\w+)\[[@*]\]$/.exec(name) ?? []
    return list && !this.state.isForeign ? this.state.lists.get(list) : undefined
  }

  #part(part: Part): Value {
    switch (part.kind) {
      case 'text':
        return literal(part.text)
      case 'variable':
        return this.#variable(part)
      case 'substitution': {
        const ends = this.#substitute(part.body, {...this.state, output: []})
        this.last = ends
        const end = after(ends)
        if (!end) return unclear
        this.state = {...this.state, pending: end.pending, sleeps: end.sleeps, deployments: end.deployments}
        return withoutBreaks(end.output)
      }
      case 'arithmetic':
        return this.arithmetic(part.expression).value
      default:
        return unclear
    }
  }

  #variable({name, operator, argument}: Extract<Part, {kind: 'variable'}>): Value {
    const value = this.#stored(name)
    if (operator === undefined) return value ?? given
    const otherwise = (): Value => this.value(argument)
    // A default holds: whoever sets the variable from outside may set it to anything else.
    if (operator === ':-' || operator === '-' || operator === ':=' || operator === '=') {
      if (!value) return otherwise()
      return operator.startsWith(':') && hasText(value) === false ? otherwise() : value
    }
    if (operator.endsWith('?')) return value ?? given
    return !value ? unclear : hasText(value) === false ? [] : hasText(value) ? otherwise() : unclear
  }

  /** Undefined where nothing in the script sets it. */
  #stored(name: string): Value | undefined {
    if (name === '?') return this.state.status
    if (name === '#') return this.state.arguments ? literal(String(this.state.arguments.length)) : unclear
    if (name === '@' || name === '*')
      return this.state.arguments ? concatenate(this.state.arguments.flatMap((value, index) => (index === 0 ? [value] : [literal(' '), value]))) : unclear
    if (/^[1-9]\d*$/.test(name)) return this.state.arguments ? (this.state.arguments[Number(name) - 1] ?? []) : given
    if (/^\W$|^0$/.test(name)) return given
    if (this.state.isForeign) return unclear
    const list = this.#list(name)
    return list ? concatenate(list.flatMap((value, index) => (index === 0 ? [value] : [literal(' '), value]))) : this.state.variables.get(name)
  }
}

/** A variable whose name says that it holds one thing, so that nobody needs to quote it. */
const isOneWord = (part: Part): boolean =>
  part.kind === 'variable'
    ? /^\d+$|url|uri|host|endpoint|addr|base|domain|site|server|(^|_)ip$|port|path|name|space|image|token|id$/i.test(part.name)
    : part.kind === 'arithmetic'

export const withOutput = (state: State, output: Value | undefined): State =>
  output === undefined ? printed(state, unclear) : output.length === 0 ? state : printed(state, output)
