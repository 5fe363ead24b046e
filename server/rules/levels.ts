import {type Level, levels, type Progression} from '../model/progression.ts'
import type {Rule} from './rule.ts'

/** Levels by code as a setting or `--rules` gives them. */
export type Settings = ReadonlyMap<string, Level>

/** What somebody chose for a code: the setting, else `rules:` of the file; undefined where nobody chose. */
export const chosenLevel = (code: string, settings: Settings, progression?: Progression): Level | undefined =>
  settings.get(code) ?? progression?.levels.get(code)?.level

/** The level that holds for a finding. A chosen level holds for every finding of a rule; a finding lowers only the default. */
export function levelOf(rule: Rule, chosen: Level | undefined, lowered: Level | undefined): Level {
  if (chosen) return chosen
  return lowered && levels.indexOf(lowered) < levels.indexOf(rule.level) ? lowered : rule.level
}
