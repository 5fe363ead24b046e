import type {Finding, Related} from '../model/finding.ts'
import type {Place} from '../model/place.ts'
import {type Level, levels} from '../model/progression.ts'
import type {Details} from './rule.ts'

/** Collects what rules report: one finding for a code and a place. What else was said there stays as related information. */
export class Findings {
  readonly #byPlace = new Map<string, Finding>()

  add(code: string, level: Level, at: Place, message: string, {fix, related = []}: Details = {}): void {
    if (level === 'off') return
    const key = `${code} ${at.document} ${at.block} ${at.start} ${at.end}`
    const before = this.#byPlace.get(key)
    this.#byPlace.set(key, before ? merge(before, {code, level, at, message, related, fix}) : {code, level, at, message, related, fix})
  }

  all(): readonly Finding[] {
    return [...this.#byPlace.values()]
  }
}

function merge(one: Finding, other: Finding): Finding {
  const said: Related[] = one.message === other.message ? [] : [{at: other.at, message: other.message}]
  const level = levels.indexOf(other.level) > levels.indexOf(one.level) ? other.level : one.level
  const related = [...one.related, ...said, ...other.related]
  const isNew = ({at, message}: Related, index: number): boolean =>
    related.findIndex(
      before => before.message === message && before.at.block === at.block && before.at.start === at.start && before.at.document === at.document,
    ) === index
  return {...one, level, fix: one.fix ?? other.fix, related: related.filter(isNew)}
}
