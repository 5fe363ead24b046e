import type {Environment, Flag, Flags, Progression} from '../../model/progression.ts'
import {steps} from '../order/chains.ts'

/** An environment whose flags are known, as far as they are. */
export type Flagged = {readonly environment: Environment; readonly flags: Flags}

export const flagged = (environment: Environment): Flagged | undefined =>
  environment.flags.state === 'known' ? {environment, flags: environment.flags.value} : undefined

/** True or false; undefined where something else decides. */
export const isOn = (flag: Flag | undefined): boolean | undefined =>
  flag?.value.state === 'known' && typeof flag.value.value === 'boolean' ? flag.value.value : undefined

/** The environments that come right before one. */
export function before(progression: Progression, {name}: Environment): readonly Environment[] {
  const names = new Set(steps(progression).flatMap(({from, to}) => (to === name ? from : [])))
  return progression.environments.items.filter(environment => names.has(environment.name))
}

/** Where to show a flag of an environment: at the flag itself, or where the file is named that holds it. */
export const shownAt = ({environment, flags}: Flagged, flag: Flag) =>
  flag.at.document === environment.at.document ? flag.at : (flags.files[0]?.at ?? flags.extent)
