import {type Environment, highest, isProduction, type Progression} from '../model/progression.ts'

/**
 * The environments where harm is greatest, as far as they are known: productions, or the last one. Which one is the last
 * is not known where the list goes on in something that cannot be read.
 */
export const reached = (progression: Progression): readonly Environment[] =>
  highest(progression).filter(environment => isProduction(environment) || progression.environments.open.length === 0)
