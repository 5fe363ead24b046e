import type {Environment, Flag, Flags, Progression} from '../../model/progression.ts'
import {arrivals} from '../order/chains.ts'

/** An environment whose flags are known, as far as they are. */
export type Flagged = {readonly environment: Environment; readonly flags: Flags}

export const flagged = (environment: Environment): Flagged | undefined =>
  environment.flags.state === 'known' ? {environment, flags: environment.flags.value} : undefined

/** True or false; undefined where something else decides. */
export const isOn = (flag: Flag | undefined): boolean | undefined =>
  flag?.value.state === 'known' && typeof flag.value.value === 'boolean' ? flag.value.value : undefined

/** The environments that come right before one. */
export function before(progression: Progression, {name}: Environment): readonly Environment[] {
  const arriving = arrivals(progression).get(name)
  if (!arriving) return []
  const named = byName(progression)
  return [...new Set(arriving.flatMap(({from}) => named.get(from) ?? []))]
}

const namesOf = new WeakMap<Progression, ReadonlyMap<string, Environment>>()

/** The first of a name counts. */
function byName(progression: Progression): ReadonlyMap<string, Environment> {
  const found = namesOf.get(progression) ?? new Map(progression.environments.items.toReversed().map(one => [one.name, one]))
  namesOf.set(progression, found)
  return found
}

/** Where to show a flag of an environment: at the flag itself, or where the file is named that holds it. */
export const shownAt = ({environment, flags}: Flagged, flag: Flag) =>
  flag.at.document === environment.at.document ? flag.at : (flags.files[0]?.at ?? flags.extent)
