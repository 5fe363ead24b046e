import type {Fact} from '../model/fact.ts'
import type {Environment, Progression} from '../model/progression.ts'
import {renderedTargets} from './manifests.ts'
import type {Rule} from './rule.ts'

/** Whether a rule saw all it needs of a progression, so that its silence means that nothing is wrong. */
export function isDecided({needs}: Rule, {environments, transitions, parity}: Progression): boolean {
  if (needs === 'cluster' || environments.open.length > 0 || transitions.open.length > 0 || !isRead(parity)) return false
  return environments.items.every(
    environment =>
      isWhole(environment) &&
      (needs !== 'workspace' || areScriptsRead(environment)) &&
      (needs !== 'manifests' || renderedTargets(environment).state === 'known'),
  )
}

const isRead = ({state}: Fact<unknown>): boolean => state === 'known' || state === 'absent'

const isWhole = ({targets, steps, gates, freezes, approval, rollback, flags, migration, runner, engine, waves}: Environment): boolean =>
  [targets, steps, gates, freezes].every(({open}) => open.length === 0) &&
  [approval, rollback, flags, migration, runner, engine, waves].every(isRead) &&
  (flags.state !== 'known' || flags.value.open.length === 0)

/** A rule that reads scripts saw none of those that cannot be read. */
const areScriptsRead = ({steps}: Environment): boolean => steps.items.every(({script}) => isRead(script))
