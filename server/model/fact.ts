import type {Place} from './place.ts'

export type Known<T> = {readonly state: 'known'; readonly value: T; readonly at: Place; readonly because?: readonly Place[]}
export type Absent = {readonly state: 'absent'; readonly at: Place}
export type Unknown = {readonly state: 'unknown'; readonly why: string; readonly at: Place}
/** Two sources say different things of the same thing; both places are kept. */
export type Conflict<T> = {readonly state: 'conflict'; readonly values: readonly Known<T>[]; readonly at: Place}

/** What a source says of one thing. `because` are the places it came from beside `at`: defaults, a base, a patch. */
export type Fact<T> = Known<T> | Absent | Unknown | Conflict<T>

/** A list that may be incomplete: absence may be claimed only when `open` is empty. */
export type Listing<T> = {readonly items: readonly T[]; readonly open: readonly Unknown[]}

export const known = <T>(value: T, at: Place, because?: readonly Place[]): Known<T> =>
  because?.length ? {state: 'known', value, at, because} : {state: 'known', value, at}
export const absent = (at: Place): Absent => ({state: 'absent', at})
export const unknown = (why: string, at: Place): Unknown => ({state: 'unknown', why, at})
export const listing = <T>(items: readonly T[], open: readonly Unknown[] = []): Listing<T> => ({items, open})

/** The value where it is known, else undefined. */
export const knownValue = <T>(fact: Fact<T>): T | undefined => (fact.state === 'known' ? fact.value : undefined)

/** The same fact about something derived from the value. */
export function mapFact<A, B>(fact: Fact<A>, map: (value: A) => B): Fact<B> {
  if (fact.state === 'known') return {...fact, value: map(fact.value)}
  if (fact.state === 'conflict') return {...fact, values: fact.values.map(one => ({...one, value: map(one.value)}))}
  return fact
}
