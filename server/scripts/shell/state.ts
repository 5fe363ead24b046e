import type {Span} from '../span.ts'
import type {Statement} from './syntax.ts'
import {either, literal, sameValue, unclear, type Value} from './value.ts'

/** Undefined: it may be on or off. */
export type Switch = boolean | undefined

/** What a shell remembers from one command to the next, as far as it is followed. Never changed, only replaced. */
export type State = {
  /** A variable that is not here comes from outside. */
  readonly variables: ReadonlyMap<string, Value>
  readonly lists: ReadonlyMap<string, readonly Value[]>
  readonly functions: ReadonlyMap<string, Statement>
  /** Undefined where not even their number is known. */
  readonly arguments: readonly Value[] | undefined
  readonly errexit: Switch
  readonly pipefail: Switch
  /** `$?`. */
  readonly status: Value
  /** What was printed so far. */
  readonly output: Value
  /** Every variable may have changed: something was sourced. */
  readonly isForeign: boolean
  /** Something may change the status at the very end: a trap. */
  readonly isTrapped: boolean
  /** Deployments that nothing has waited for since, on every way that leads here. */
  readonly pending: readonly Span[]
  /** Sleeps since the last of them. */
  readonly sleeps: readonly Span[]
  readonly deployments: number
}

export const firstState = (options: {arguments: readonly Value[]; variables: ReadonlyMap<string, Value>; errexit: boolean; pipefail: boolean}): State => ({
  ...options,
  lists: new Map(),
  functions: new Map(),
  status: literal('0'),
  output: [],
  isForeign: false,
  isTrapped: false,
  pending: [],
  sleeps: [],
  deployments: 0,
})

/** What holds after two ways met: only what holds on both. */
export function join(one: State | undefined, other: State | undefined): State | undefined {
  if (!one || !other || one === other) return one ?? other
  return {
    variables: joinMaps(one.variables, other.variables, (a, b) => (a && b ? either(a, b) : unclear)),
    lists: joinMaps(one.lists, other.lists, (a, b) => (a && b && sameList(a, b) ? a : undefined)),
    functions: joinMaps(one.functions, other.functions, (a, b) => (a === b ? a : undefined)),
    arguments: one.arguments && other.arguments && sameList(one.arguments, other.arguments) ? one.arguments : undefined,
    errexit: one.errexit === other.errexit ? one.errexit : undefined,
    pipefail: one.pipefail === other.pipefail ? one.pipefail : undefined,
    status: either(one.status, other.status),
    output: either(one.output, other.output),
    isForeign: one.isForeign || other.isForeign,
    isTrapped: one.isTrapped || other.isTrapped,
    pending: shared(one.pending, other.pending),
    sleeps: shared(one.sleeps, other.sleeps),
    deployments: Math.max(one.deployments, other.deployments),
  }
}

/** What stands in both lists. */
export const shared = (one: readonly Span[], other: readonly Span[]): readonly Span[] => one.filter(({start}) => other.some(span => span.start === start))

const sameList = (one: readonly Value[], other: readonly Value[]): boolean =>
  one === other || (one.length === other.length && one.every((value, index) => sameValue(value, other[index] ?? [])))

function joinMaps<T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>, pick: (a: T | undefined, b: T | undefined) => T | undefined) {
  if (one === other) return one
  const joined = new Map<string, T>()
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    const picked = pick(one.get(name), other.get(name))
    if (picked !== undefined) joined.set(name, picked)
  }
  return joined
}

/** Whether going around once more would bring nothing new. */
export const sameState = (one: State, other: State): boolean =>
  one === other ||
  (one.errexit === other.errexit &&
    one.pipefail === other.pipefail &&
    one.isForeign === other.isForeign &&
    one.isTrapped === other.isTrapped &&
    one.pending.length === other.pending.length &&
    one.deployments === other.deployments &&
    one.arguments === other.arguments &&
    one.functions.size === other.functions.size &&
    one.lists.size === other.lists.size &&
    sameValue(one.output, other.output) &&
    sameValue(one.status, other.status) &&
    one.variables.size === other.variables.size &&
    [...one.variables].every(([name, value]) => sameValue(value, other.variables.get(name) ?? [])))

export const withVariable = (state: State, name: string, value: Value): State => ({...state, variables: new Map(state.variables).set(name, value)})

export function withList(state: State, name: string, values: readonly Value[]): State {
  return {...state, lists: new Map(state.lists).set(name, values), variables: new Map(state.variables).set(name, values[0] ?? [])}
}

export const printed = (state: State, output: Value): State => ({
  ...state,
  output: [...state.output, ...output].length > 50 ? unclear : joinOutput(state.output, output),
})

function joinOutput(before: Value, more: Value): Value {
  const [last, first] = [before.at(-1), more[0]]
  return typeof last === 'string' && typeof first === 'string' ? [...before.slice(0, -1), last + first, ...more.slice(1)] : [...before, ...more]
}
