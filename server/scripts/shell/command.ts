import type {Span} from '../span.ts'
import type {Value} from './value.ts'
import {textOf} from './value.ts'

/** A command as it is run, its words put together as far as they are known. */
export type Command = Span & {
  readonly name: string
  readonly arguments: readonly Value[]
  /** Where each argument stands. */
  readonly places: readonly Span[]
  /** More arguments may stand among these: a variable that holds several. */
  readonly isOpen: boolean
  /** `timeout` stands before it. */
  readonly isLimited: boolean
}

/** What a command does as far as its script can tell. `verdict` undefined: it may end with any status. */
export type Outcome = {readonly verdict: boolean | undefined; readonly output?: Value; readonly status?: Value}

export type Options = {
  /** Values by the name of the option without hyphens, in their order; an option without a value has an empty list. */
  readonly given: ReadonlyMap<string, readonly Value[]>
  readonly rest: readonly Value[]
  /** Places of the values, as those of the rest. */
  readonly places: ReadonlyMap<string, readonly Span[]>
}

/**
 * Parts arguments into options and others. `valued` names those that take a value, long and short; of a cluster of short ones
 * such as `-sSfo`, the last may take one.
 */
export function optionsOf({arguments: all, places: spans}: Command, valued: ReadonlySet<string>): Options {
  const given = new Map<string, Value[]>()
  const places = new Map<string, Span[]>()
  const rest: Value[] = []
  const add = (name: string, value?: Value, index?: number): void => {
    given.set(name, [...(given.get(name) ?? []), ...(value ? [value] : [])])
    const span = index === undefined ? undefined : spans[index]
    if (span) places.set(name, [...(places.get(name) ?? []), span])
  }
  for (let index = 0; index < all.length; index++) {
    const value = all[index] ?? []
    const head = typeof value[0] === 'string' ? value[0] : ''
    const whole = textOf(value)
    if (whole === '--') {
      rest.push(...all.slice(index + 1))
      break
    }
    if (head.startsWith('--') && head.length > 2) {
      const [, name = '', sign] = /^--([^=]*)(=?)/.exec(head) ?? []
      if (sign) add(name, withoutHead(value, name.length + 3), index)
      else if (valued.has(name)) add(name, all[index + 1], ++index)
      else add(name)
    } else if (head.startsWith('-') && head.length > 1) {
      for (let sign = 1; sign < head.length; sign++) {
        const name = head[sign] ?? ''
        if (!valued.has(name)) {
          add(name)
          continue
        }
        const attached = withoutHead(value, sign + 1)
        if (attached.length > 0) add(name, typeof attached[0] === 'string' ? withoutHead(attached, attached[0].startsWith('=') ? 1 : 0) : attached, index)
        else add(name, all[index + 1], ++index)
        break
      }
    } else rest.push(value)
  }
  return {given, rest, places}
}

const withoutHead = ([first, ...others]: Value, length: number): Value => {
  const kept = typeof first === 'string' ? first.slice(length) : ''
  return kept === '' ? others : [kept, ...others]
}

/** The value of the last of some options that was given, or undefined. */
export const lastOf = ({given}: Options, ...names: readonly string[]): Value | undefined =>
  names.map(name => given.get(name)?.at(-1)).findLast(value => value !== undefined)

export const hasOption = ({given}: Options, ...names: readonly string[]): boolean => names.some(name => given.has(name))
