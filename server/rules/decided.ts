import type {Progression} from '../model/progression.ts'
import {renderedTargets} from './manifests.ts'
import type {Rule} from './rule.ts'

/** Whether a rule saw all it needs of a progression, so that its silence means that nothing is wrong. */
export function isDecided({needs}: Rule, {environments, transitions}: Progression): boolean {
  if (needs === 'cluster' || environments.open.length > 0 || transitions.open.length > 0) return false
  return needs !== 'manifests' || environments.items.every(environment => renderedTargets(environment).state === 'known')
}
